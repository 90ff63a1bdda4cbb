using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Lineage;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Pipelines;

/// <summary>Who is composed of what: kept with each text, in the same save.</summary>
internal static class ConfigUses
{
    public static async Task WriteAsync(NexusDb db, string user, IEnumerable<UsedConfig> configs, CancellationToken ct)
    {
        var wanted = configs.Select(c => c.Path).ToHashSet();
        var kept = await db.ConfigUses.Where(u => u.User == user).ToListAsync(ct);
        db.ConfigUses.RemoveRange(kept.Where(u => !wanted.Contains(u.Path)));
        foreach (var path in wanted.Except(kept.Select(u => u.Path))) db.ConfigUses.Add(new() { User = user, Path = path });
    }

    /// <summary>The arrows to what was just made of them.</summary>
    public static void Draw(NexusDb db, IEnumerable<UsedConfig> configs, string made, TimeProvider time)
    {
        foreach (var config in configs.Distinct()) LineageGraph.AddNew(db, $"config/{config}", "composed", made, time);
    }
}
