using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data.Nodes;
using Nexus.Data.Storage.Backups;

namespace Nexus.Data.Storage;

/// <summary>Brings the database up to the model at start, and leaves it whole at the end.</summary>
public sealed class DatabaseStart(IDbContextFactory<NexusDb> contexts, BlobStore blobs, SharedKeys keys, IOptions<NexusOptions> options)
{
    public async Task RunAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetFullPath(options.Value.DataDirectory));
        RestoreMark.DemandNone(options.Value);
        blobs.Sweep();
        var spill = options.Value.PathOf("spill");
        if (Directory.Exists(spill)) Directory.Delete(spill, recursive: true); // of queries that a killed process left
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Provider.MigrateAsync(db, ct);
        await keys.CheckAsync(ct);
    }

    /// <summary>What waits to be written to the database's file is, and its connections are closed.</summary>
    public async Task CheckpointAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Provider.CloseAsync(db, ct);
    }
}
