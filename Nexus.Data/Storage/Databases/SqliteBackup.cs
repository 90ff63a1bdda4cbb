using Microsoft.Data.Sqlite;
using Nexus.Data.Storage.Backups;
using SQLitePCL;

namespace Nexus.Data.Storage.Databases;

/// <summary>The database's file as it was at one moment, by SQLite's online backup; others go on reading and writing.</summary>
internal static class SqliteBackup
{
    public const string FileName = "nexus.db";

    private const int PagesAtOnce = 1024;

    public static async Task CopyAsync(string connection, BackupWriter to, CancellationToken ct)
    {
        const string path = $"database/{FileName}";
        await Task.Run(() => Copy(connection, to.Make(path), ct), ct);
        await to.AddMadeAsync(path, ct);
    }

    private static void Copy(string connection, string path, CancellationToken ct)
    {
        using var source = new SqliteConnection(new SqliteConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        source.Open();
        target.Open();
        Execute(source, "PRAGMA busy_timeout=15000;");
        // Held open from the first page to the last: all pages are of this moment, however many steps they take.
        Execute(source, "BEGIN; SELECT COUNT(*) FROM sqlite_schema;");
        using var backup = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
        int result;
        do
        {
            ct.ThrowIfCancellationRequested();
            result = raw.sqlite3_backup_step(backup, PagesAtOnce);
        }
        while (result == raw.SQLITE_OK);
        if (result != raw.SQLITE_DONE) throw new SqliteException($"The database could not be copied: {raw.sqlite3_errstr(result).utf8_to_string()}.", result);
        Execute(source, "COMMIT;");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
