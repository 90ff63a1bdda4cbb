using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Nexus.Data.Audit;
using Nexus.Data.Search;
using Nexus.Data.Storage.Databases;
using Nexus.Data.Tests.Databases;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage;

/// <summary>What is sent to SQL Server, where none is: each command is in its language. The queries are held to it wherever a test makes them.</summary>
public sealed class SqlServerTests
{
    [Fact]
    public void Command_in_another_language_is_noticed() =>
        TransactSql.Errors("""SELECT "Name" FROM "Runs" LIMIT 5""").ShouldNotBeEmpty();

    [Fact]
    [Trait("Database", "Sqlite")] // beside which the translation goes
    public async Task Query_that_SqlServer_cannot_answer_fails_its_test()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var db = database.Open();

        (await Should.ThrowAsync<InvalidOperationException>(() => db.Runs.Where(r => EF.Functions.Glob(r.Trigger, "a*")).ToListAsync()))
            .Message.ShouldContain("SQL Server cannot answer");
    }

    [Theory]
    [InlineData(Turn.Ledger)]
    [InlineData(Turn.Decisions)]
    public async Task Turn_is_taken_in_its_language(Turn turn)
    {
        var server = new NeverConnected();
        await using var db = server.Open();

        await db.TakeTurnAsync(turn, CancellationToken.None);

        TransactSql.Errors(server.Commands.ShouldHaveSingleItem()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_asks_in_its_language()
    {
        var server = new NeverConnected();

        (await new SqlServerTextSearch(server).FindAsync(new("café nx-12", SearchKinds.Run), CancellationToken.None)).ShouldBeEmpty();

        TransactSql.Errors(server.Commands.ShouldHaveSingleItem()).ShouldBeEmpty();
        server.Commands[0].ShouldContain("COLLATE Latin1_General_100_CI_AI");
    }

    /// <summary>Every row that can be added, changed and removed, is.</summary>
    [Fact]
    public async Task Changes_of_every_table_are_in_its_language()
    {
        var server = new NeverConnected();
        await using var model = server.Open();
        foreach (var type in model.Model.GetEntityTypes())
        {
            foreach (var state in (EntityState[])[EntityState.Added, EntityState.Modified, EntityState.Deleted])
            {
                if (type.ClrType == typeof(LedgerEntry) && state != EntityState.Added) continue;
                await using var db = server.Open();
                var entry = db.Entry(Row(type));
                foreach (var key in type.FindPrimaryKey()!.Properties) entry.Property(key.Name).CurrentValue ??= Value(key);
                entry.State = state;
                try
                {
                    await db.SaveEntriesAsync(CancellationToken.None);
                }
                catch (DbUpdateException)
                {
                    // There is no server that would say how many rows it were.
                }
            }
        }

        server.Commands.Count.ShouldBeGreaterThan(100);
        foreach (var command in server.Commands) TransactSql.Errors(command).ShouldBeEmpty(command);
    }

    private static object Row(IEntityType type)
    {
        var row = RuntimeHelpers.GetUninitializedObject(type.ClrType);
        foreach (var property in type.GetProperties().Where(p => p.PropertyInfo?.GetSetMethod(nonPublic: true) is not null || p.FieldInfo is not null))
        {
            if (property.IsNullable && !property.IsKey()) continue;
            if (property.FieldInfo is { } field) field.SetValue(row, Value(property));
            else property.PropertyInfo!.SetValue(row, Value(property), BindingFlags.Instance | BindingFlags.NonPublic, null, null, null);
        }

        return row;
    }

    private static object? Value(IProperty property) =>
        property.ClrType == typeof(string) ? "a"
        : property.ClrType == typeof(byte[]) ? (byte[])[1]
        : property.ClrType == typeof(Guid) ? Guid.CreateVersion7(DateTimeOffset.UnixEpoch)
        : property.ClrType == typeof(int) ? 1
        : property.ClrType == typeof(long) ? 1L
        : property.ClrType.IsValueType ? Activator.CreateInstance(Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType)
        : null;
}
