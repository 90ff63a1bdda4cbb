using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Lineage;

/// <summary>Draws and reads arrows of the lineage graph.</summary>
public static class LineageGraph
{
    /// <summary>Adds the arrow to the context unless it exists; the caller saves, within the transaction of what the arrow tells.</summary>
    public static async Task AddAsync(NexusDb db, string from, string relation, string to, TimeProvider time, CancellationToken ct)
    {
        if (db.LineageEdges.Local.Any(e => e.From == from && e.Relation == relation && e.To == to)) return;
        if (await db.LineageEdges.AnyAsync(e => e.From == from && e.Relation == relation && e.To == to, ct)) return;
        db.LineageEdges.Add(new() { Id = Ids.New(time), From = from, To = to, Relation = relation, CreatedAt = time.GetUtcNow() });
    }

    /// <summary>Every arrow that leads to or from <paramref name="subject"/>, through any number of things, nearest first; at most 200.</summary>
    public static async Task<IReadOnlyList<LineageEdge>> AroundAsync(NexusDb db, string subject, CancellationToken ct)
    {
        var edges = new List<LineageEdge>();
        await WalkAsync(edges, subject, (near, token) => db.LineageEdges.AsNoTracking().Where(e => near.Contains(e.To)).ToListAsync(token), e => e.From, ct);
        await WalkAsync(edges, subject, (near, token) => db.LineageEdges.AsNoTracking().Where(e => near.Contains(e.From)).ToListAsync(token), e => e.To, ct);
        return edges;
    }

    private static async Task WalkAsync(
        List<LineageEdge> edges, string start, Func<List<string>, CancellationToken, Task<List<LineageEdge>>> step, Func<LineageEdge, string> end, CancellationToken ct)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        var near = new List<string> { start };
        while (near.Count > 0 && edges.Count < 200)
        {
            var found = await step(near, ct);
            edges.AddRange(found.Take(200 - edges.Count));
            near = [.. found.Select(end).Where(seen.Add)];
        }
    }
}
