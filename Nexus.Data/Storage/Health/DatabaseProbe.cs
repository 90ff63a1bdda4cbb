using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Storage.Health;

/// <summary>Whether the database answers, and takes a transaction that writes.</summary>
internal sealed class DatabaseProbe(IDbContextFactory<NexusDb> contexts) : ISystemProbe
{
    public string Part => SystemHealth.Database;

    public int Patience => 2;

    public async Task<string?> LookAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Provider.ProbeAsync(db, ct);
        return null;
    }
}
