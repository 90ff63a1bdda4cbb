using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;
using Nexus.Data.Storage.Backups;

namespace Nexus.Data.Storage.Databases;

/// <summary>The database in the process: one file, one writer at a time.</summary>
internal sealed class SqliteDatabase : DatabaseProvider
{
    public override string Name => "Sqlite";

    public override bool IsShared => false;

    protected override string EfName => "Microsoft.EntityFrameworkCore.Sqlite";

    protected override string SystemName => "sqlite";

    // BINARY is what SQLite does unasked.
    internal override string? Collation => null;

    public override string DefaultConnection(NexusOptions options) => $"Data Source={options.PathOf("nexus.db")}";

    public override void Configure(DbContextOptionsBuilder db, string connection) =>
        db.UseSqlite(connection, sqlite => sqlite.MigrationsAssembly(MigrationsAssembly)).AddInterceptors(new SqliteSettings());

    /// <summary>A transaction begins by taking the one write lock there is.</summary>
    public override Task TakeTurnAsync(NexusDb db, Turn turn, CancellationToken ct) => Task.CompletedTask;

    public override async Task MigrateAsync(NexusDb db, CancellationToken ct)
    {
        await using var turn = await TakeFileAsync(db, ct);

        // EF Core's own lock is a row, which stays for ever where a process was killed while it migrated. Here it is nobody's.
        await db.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", ct);
        await db.Database.MigrateAsync(ct);
    }

    public override async Task CloseAsync(NexusDb db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE);", ct);
        SqliteConnection.ClearAllPools();
    }

    public override async Task RelaxAsync(NexusDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL;", ct);
    }

    public override Task InsertAsync<T>(NexusDb db, IReadOnlyCollection<T> rows, CancellationToken ct)
    {
        SqliteInsert.Write(db, rows, ct);
        return Task.CompletedTask;
    }

    public override Task InsertAsync(NexusDb db, ReadOnlyMemory<DecisionRow> rows, CancellationToken ct)
    {
        SqliteDecisions.Write(db, rows.Span, ct);
        return Task.CompletedTask;
    }

    public override Task<bool> HasDatabaseAsync(NexusDb db, CancellationToken ct) => Task.FromResult(File.Exists(PathOf(db)));

    public override async Task<BackupSnapshot> DumpAsync(NexusDb db, BackupWriter to, CancellationToken ct)
    {
        await SqliteBackup.CopyAsync(db.Database.GetConnectionString()!, to, ct);
        return new((await db.Database.GetAppliedMigrationsAsync(ct)).Last(), []);
    }

    public override Task LoadAsync(NexusDb db, string folder, string migration, IReadOnlyList<BackupTable> tables, CancellationToken ct)
    {
        using var file = new FileStream(PathOf(db), FileMode.CreateNew, FileAccess.ReadWrite);
        using var from = File.OpenRead(Path.Combine(folder, SqliteBackup.FileName));
        from.CopyTo(file);
        file.Flush(flushToDisk: true);
        return Task.CompletedTask;
    }

    // SQLITE_CORRUPT and SQLITE_NOTADB.
    public override bool IsDamage(Exception exception) => exception is SqliteException { SqliteErrorCode: 11 or 26 };

    public override async Task ProbeAsync(NexusDb db, CancellationToken ct)
    {
        // Not from the pool, whose connections wait longer.
        var connection = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, DefaultTimeout = 3 };
        await using var own = new SqliteConnection(connection.ConnectionString);
        await own.OpenAsync(ct);
        await using var turns = own.CreateCommand();
        turns.CommandText = "PRAGMA data_version;";
        var before = await turns.ExecuteScalarAsync(ct);
        await using var command = own.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE; SELECT COUNT(*) FROM sqlite_schema; ROLLBACK;";
        try
        {
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == 5)
        {
            // SQLite has no queue: where many write, one can wait in vain. As long as others get their turn, it answers.
            if (Equals(before, await turns.ExecuteScalarAsync(ct))) throw;
        }
    }

    // SQLITE_BUSY, LOCKED, READONLY, IOERR and CANTOPEN.
    protected override bool IsAway(Exception exception) => exception is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 14 };

    protected override bool IsFull(Exception exception) => exception is SqliteException { SqliteErrorCode: 13 };

    // SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
    protected override bool IsUniqueViolation(Exception exception) => exception is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };

    private static string PathOf(NexusDb db) => new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;

    private static async Task<FileStream> TakeFileAsync(NexusDb db, CancellationToken ct)
    {
        var path = PathOf(db) + ".migrating";
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); // it stays: to delete it would let two in
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
            }
        }
    }
}
