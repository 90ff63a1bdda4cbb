using Microsoft.EntityFrameworkCore;
using Nexus.Data;

namespace Nexus.Inference.Agents;

/// <summary>When commits reach the device.</summary>
internal static class DatabaseFlush
{
    /// <summary>
    /// Opens the context's connection so that its commits are flushed with the next checkpoint or the next flushed commit.
    /// For what another file still holds.
    /// </summary>
    public static async Task LeaveToCheckpointsAsync(NexusDb db, CancellationToken ct)
    {
        if (!db.Database.IsSqlite()) return;
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL;", ct);
    }
}
