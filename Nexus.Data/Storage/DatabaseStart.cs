using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Nexus.Data.Storage;

/// <summary>Brings the database up to the model at start, and leaves it in one file at the end.</summary>
public sealed class DatabaseStart(IDbContextFactory<NexusDb> contexts, BlobStore blobs, IOptions<NexusOptions> options)
{
    public async Task RunAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetFullPath(options.Value.DataDirectory));
        blobs.Sweep();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>Writes the write-ahead log back into <c>nexus.db</c>.</summary>
    public async Task CheckpointAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE);", ct);
        SqliteConnection.ClearAllPools();
    }
}
