using System.Text;
using LinqToDB.Data;
using LinqToDB.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Nexus.Data.Storage.Backups;
using Npgsql;

namespace Nexus.Data.Storage.Databases;

/// <summary>PostgreSQL 14 or later. Turns are advisory locks: of the transaction, so that they end with it.</summary>
internal sealed class PostgreSqlDatabase : DatabaseProvider
{
    /// <summary>Advisory locks have no names; these lie under one number of ours, "NXUS".</summary>
    private const int Space = 0x4E585553;

    public override string Name => "PostgreSql";

    protected override string EfName => "Npgsql.EntityFrameworkCore.PostgreSQL";

    protected override string SystemName => "postgresql";

    internal override string Collation => "C";

    public override void Configure(DbContextOptionsBuilder db, string connection) =>
        db.UseNpgsql(connection, npgsql => npgsql.MigrationsAssembly(MigrationsAssembly)).AddInterceptors(new StorableText(this));

    /// <summary>
    /// The transaction is to read committed, as it is unless asked otherwise: what follows the lock then sees what the one
    /// before has committed. A serializable one would have its snapshot from before the wait.
    /// </summary>
    public override Task TakeTurnAsync(NexusDb db, Turn turn, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock({0}, {1})", [Space, (int)turn], ct);

    public override async Task MigrateAsync(NexusDb db, CancellationToken ct)
    {
        await EnsureDatabaseAsync(db.GetService<IRelationalDatabaseCreator>(), ct);
        var patience = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(0); // a migration may take its time, and so may the wait for another node's
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_lock({0}, {1})", [Space, (int)Turn.Migration], ct);
            await db.Database.MigrateAsync(ct);
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_unlock({0}, {1})", [Space, (int)Turn.Migration], ct);
        }
        finally
        {
            db.Database.SetCommandTimeout(patience);
            await db.Database.CloseConnectionAsync(); // which gives the lock back wherever it was left
        }
    }

    /// <summary>The commit may be lost in a crash of the server, and is whole or not there at all.</summary>
    public override async Task RelaxAsync(NexusDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("SET synchronous_commit = off", ct);
    }

    /// <summary>By binary COPY.</summary>
    public override async Task InsertAsync<T>(NexusDb db, IReadOnlyCollection<T> rows, CancellationToken ct) =>
        await db.BulkCopyAsync(new BulkCopyOptions { BulkCopyType = BulkCopyType.ProviderSpecific, KeepIdentity = false }, rows, ct);

    /// <summary>PostgreSQL's text has no NUL, and is Unicode: halves of surrogate pairs cannot be in it.</summary>
    public override string? Storable(string? text)
    {
        if (text is null) return null;
        if (text.Contains('\0', StringComparison.Ordinal)) text = text.Replace('\0', '\uFFFD');
        return IsUnicode(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    public override async Task<BackupSnapshot> DumpAsync(NexusDb db, BackupWriter to, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        return await PostgreSqlBackup.CopyAsync((NpgsqlConnection)db.Database.GetDbConnection(), to, ct);
    }

    public override async Task LoadAsync(NexusDb db, string folder, string migration, IReadOnlyList<BackupTable> tables, CancellationToken ct)
    {
        await EnsureDatabaseAsync(db.GetService<IRelationalDatabaseCreator>(), ct);
        await db.GetService<IMigrator>().MigrateAsync(migration, ct);
        await db.Database.OpenConnectionAsync(ct);
        await PostgreSqlBackup.FillAsync((NpgsqlConnection)db.Database.GetDbConnection(), folder, tables, ct);
    }

    // Class XX: data_corrupted, index_corrupted.
    public override bool IsDamage(Exception exception) => exception is PostgresException { SqlState: "XX001" or "XX002" };

    // Not PostgreSQL's own words: the connection. Classes 08, connection; 57P, shut down or starting; 53, out of connections or memory;
    // a standby that takes no writes yet.
    protected override bool IsAway(Exception exception) => exception is PostgresException server
        ? server.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction || server.SqlState.StartsWith("08", StringComparison.Ordinal) || server.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || (server.SqlState.StartsWith("53", StringComparison.Ordinal) && server.SqlState != PostgresErrorCodes.DiskFull)
        : exception is NpgsqlException;

    protected override bool IsFull(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    protected override bool IsUniqueViolation(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private static bool IsUnicode(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return true;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
