using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Lineage;

/// <summary>Draws arrows of the lineage graph.</summary>
public static class LineageGraph
{
    /// <summary>Adds the arrow to the context unless it exists; the caller saves, within the transaction of what the arrow tells.</summary>
    public static async Task AddAsync(NexusDb db, string from, string relation, string to, TimeProvider time, CancellationToken ct)
    {
        if (db.LineageEdges.Local.Any(e => e.From == from && e.Relation == relation && e.To == to)) return;
        if (await db.LineageEdges.AnyAsync(e => e.From == from && e.Relation == relation && e.To == to, ct)) return;
        db.LineageEdges.Add(new() { Id = Ids.New(time), From = from, To = to, Relation = relation, CreatedAt = time.GetUtcNow() });
    }

    /// <summary>Adds an arrow to or from something that is made by the same save: it cannot exist yet.</summary>
    public static void AddNew(NexusDb db, string from, string relation, string to, TimeProvider time) =>
        db.LineageEdges.Add(new() { Id = Ids.New(time), From = from, To = to, Relation = relation, CreatedAt = time.GetUtcNow() });
}
