using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Agents;

/// <summary>The arrow from a model version to the agent that serves it.</summary>
public static class ServedBy
{
    /// <summary>Adds the arrow for what the agent serves now, once; save afterwards.</summary>
    public static async Task RecordAsync(NexusDb db, Agent agent, DateTimeOffset at, TimeProvider time, CancellationToken ct)
    {
        if (agent.ServedVersion is not { } version) return;
        var (from, to) = ($"model/{agent.ModelName}@{version}", $"agent/{agent.Name}");
        if (await db.LineageEdges.AnyAsync(e => e.From == from && e.To == to && e.Relation == "serves", ct)) return;
        db.LineageEdges.Add(new() { Id = Ids.New(time), From = from, To = to, Relation = "serves", CreatedAt = at });
    }
}
