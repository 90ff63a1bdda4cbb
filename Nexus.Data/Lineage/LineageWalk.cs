using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Lineage;

/// <summary>Finds which things are in a view: level by level, both ways in turn, one query a level and way.</summary>
internal sealed class LineageWalk(NexusDb db, LineageRequest request, string root)
{
    private readonly Dictionary<string, int> _sides = new(StringComparer.Ordinal) { [root] = 0 };
    private readonly List<string> _found = [root];

    /// <summary>In the order of their finding, the root first.</summary>
    public IReadOnlyList<string> Found => _found;

    public int SideOf(string subject) => _sides[subject];

    /// <param name="above">What leads to the root besides what the graph tells.</param>
    public async Task RunAsync(IReadOnlyList<string> above, CancellationToken ct)
    {
        List<string> up = request.Direction == LineageDirection.Down ? [] : [root];
        List<string> down = request.Direction == LineageDirection.Up ? [] : [root];
        for (var level = 1; level <= request.Depth && up.Count + down.Count > 0 && Room > 0; level++)
        {
            if (up.Count > 0) up = Take([.. level == 1 ? above : [], .. await NextAsync(up, upwards: true, ct)], -level);
            if (down.Count > 0) down = Take(await NextAsync(down, upwards: false, ct), level);
        }
    }

    private int Room => request.MaxNodes - _found.Count;

    private List<string> Take(IEnumerable<string> subjects, int side)
    {
        var taken = new List<string>();
        foreach (var subject in subjects)
        {
            if (Room <= 0) break;
            if (!_sides.TryAdd(subject, side)) continue;
            _found.Add(subject);
            taken.Add(subject);
        }

        return taken;
    }

    private async Task<List<string>> NextAsync(List<string> near, bool upwards, CancellationToken ct)
    {
        if (Room <= 0) return [];
        // What room there is, is shared by the things of the level.
        var fan = Math.Min(request.Fan, Math.Max(1, Room / near.Count));
        var edges = db.LineageEdges.AsNoTracking();
        var ends = upwards
            ? await edges.Where(e => near.Contains(e.To)).GroupBy(e => e.To)
                .Select(g => g.OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id).Take(fan).Select(e => e.From).ToList()).ToListAsync(ct)
            : await edges.Where(e => near.Contains(e.From)).GroupBy(e => e.From)
                .Select(g => g.OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id).Take(fan).Select(e => e.To).ToList()).ToListAsync(ct);
        return [.. ends.SelectMany(end => end)];
    }
}
