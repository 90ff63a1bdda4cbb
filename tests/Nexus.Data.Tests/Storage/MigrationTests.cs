using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Nexus.Data.Storage;
using Nexus.Data.Storage.Databases;
using Nexus.Data.Tests.Databases;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage;

public sealed class MigrationTests
{
    [Theory]
    [InlineData("Sqlite", "Data Source=none")]
    [InlineData("PostgreSql", "Host=none")]
    [InlineData("SqlServer", "Server=none")]
    public void Migrations_cover_the_model(string provider, string connection)
    {
        using var db = Open(provider, connection);

        db.Database.HasPendingModelChanges().ShouldBeFalse("run db/regenerate.sh");
    }

    [Theory]
    [InlineData("PostgreSql", "Host=none")]
    [InlineData("SqlServer", "Server=none")]
    public async Task Scripts_are_those_of_the_migrations(string provider, string connection)
    {
        await using var db = Open(provider, connection);

        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent).ReplaceLineEndings("\n");

        (await File.ReadAllTextAsync(ScriptOf(provider))).ShouldBe(script, "run db/regenerate.sh scripts");
    }

    [Fact]
    public async Task Script_for_SqlServer_is_its_language()
    {
        foreach (var batch in (await File.ReadAllTextAsync(ScriptOf("SqlServer"))).Split("\nGO\n"))
        {
            TransactSql.Errors(batch).ShouldBeEmpty(batch);
            foreach (var inner in Executed(batch)) TransactSql.Errors(inner).ShouldBeEmpty(inner);
        }
    }

    [Fact]
    public async Task Nodes_that_start_at_once_migrate_one_after_the_other()
    {
        await using var database = await TestDatabase.StartEmptyAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => database.Get<DatabaseStart>().RunAsync(CancellationToken.None))));

        await using var db = database.Open();
        (await db.Database.GetAppliedMigrationsAsync()).ShouldBe(db.Database.GetMigrations());
        (await db.LedgerEntries.CountAsync()).ShouldBe(0);
    }

    [Fact]
    [Trait("Database", "Sqlite")] // a server's locks end with the connection
    public async Task Lock_of_a_process_that_was_killed_while_it_migrated_holds_nobody_up()
    {
        await using var database = await TestDatabase.StartAsync();
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("""
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
                """);
        }

        await database.Get<DatabaseStart>().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static NexusDb Open(string provider, string connection)
    {
        var options = new DbContextOptionsBuilder<NexusDb>();
        DatabaseProvider.Find(provider)!.Configure(options, connection);
        return new(options.Options);
    }

    private static string ScriptOf(string provider) => Path.Combine(Repository.Root, "db", "scripts", provider.ToLowerInvariant() + ".sql");

    /// <summary>The texts that it executes as a batch of their own.</summary>
    private static IEnumerable<string> Executed(string batch)
    {
        for (var at = batch.IndexOf("EXEC(N'", StringComparison.Ordinal); at >= 0; at = batch.IndexOf("EXEC(N'", at + 1, StringComparison.Ordinal))
        {
            var end = batch.IndexOf("');", at, StringComparison.Ordinal);
            yield return batch[(at + 7)..end].Replace("''", "'", StringComparison.Ordinal);
        }
    }
}
