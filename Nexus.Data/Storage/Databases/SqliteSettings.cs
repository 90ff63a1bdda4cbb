using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Nexus.Data.Storage.Databases;

/// <summary>
/// Sets each SQLite connection. FULL flushes every commit to the device: what the ledger and an approval acknowledge
/// survives a power cut. Bulk writers may lower it for their own connection, where the journal still holds what they write.
/// </summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    /// <summary>At every opening: whoever had the connection from the pool before may have lowered it.</summary>
    private const string EachTime = "PRAGMA synchronous=FULL;";

    /// <summary>What the connection keeps as long as its file is open, in the pool too.</summary>
    private const string Once =
        "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=15000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;";

    /// <summary>The open files that have been set.</summary>
    private static readonly ConditionalWeakTable<sqlite3, object> Done = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings(connection);
        command.ExecuteNonQuery();
        Set(connection);
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Settings(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        Set(connection);
    }

    private static string Settings(DbConnection connection) =>
        FileOf(connection) is { } file && Done.TryGetValue(file, out _) ? EachTime : Once + EachTime;

    private static void Set(DbConnection connection)
    {
        if (FileOf(connection) is { } file) Done.AddOrUpdate(file, Once);
    }

    private static sqlite3? FileOf(DbConnection connection) => (connection as SqliteConnection)?.Handle;
}
