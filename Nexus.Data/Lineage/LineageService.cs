using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;

namespace Nexus.Data.Lineage;

/// <summary>Reads the lineage graph from any thing, up, down or both, bounded in depth and size.</summary>
public sealed class LineageService(IDbContextFactory<NexusDb> contexts, ArchivedDecisions archive)
{
    /// <exception cref="RefusedException">Malformed subject; Invalid bounds; NotFound where neither the thing nor an arrow is known.</exception>
    public async Task<LineageView> GetAsync(LineageRequest request, CancellationToken ct)
    {
        request.Check();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var root = await LineageRoot.ResolveAsync(db, LineageSubject.Check(request.Subject), ct);
        var derived = await LineageRoot.DecisionAsync(db, archive, root, ct);
        var walk = new LineageWalk(db, request, root);
        await walk.RunAsync([.. derived.Select(arrow => arrow.From)], ct);
        var view = await ViewAsync(db, root, [.. walk.Found.Select(subject => (subject, walk.SideOf(subject)))], request.Direction, ct);
        if (view.Nodes is [{ At: null } alone] && alone.HiddenUp + alone.HiddenDown == 0) throw Refused.NotFound("lineage", root);
        return view with { Edges = [.. view.Edges, .. derived.Where(arrow => view.Nodes.Any(node => node.Id == arrow.From))] };
    }

    /// <summary>The view with up to <paramref name="count"/> more neighbours of one of its things, the newest first.</summary>
    /// <param name="upwards">Those that lead to it; else those that came of it.</param>
    public async Task<LineageView> ExpandAsync(LineageView shown, string subject, bool upwards, int count, CancellationToken ct)
    {
        var from = shown.Nodes.FirstOrDefault(node => node.Id == subject) ?? throw Refused.NotFound("lineage", subject);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var known = shown.Nodes.Select(node => node.Id).ToList();
        var room = Math.Clamp(count, 0, LineageRequest.MostNodes - known.Count);
        var edges = db.LineageEdges.AsNoTracking();
        var ends = upwards
            ? edges.Where(e => e.To == subject && !known.Contains(e.From)).GroupBy(e => e.From)
            : edges.Where(e => e.From == subject && !known.Contains(e.To)).GroupBy(e => e.To);
        var added = await ends.Select(g => new { g.Key, At = g.Max(e => e.CreatedAt) }).OrderByDescending(g => g.At).Take(room).Select(g => g.Key).ToListAsync(ct);
        var side = from.Side + (upwards ? -1 : 1);
        var view = await ViewAsync(db, shown.Root, [.. shown.Nodes.Select(node => (node.Id, node.Side)), .. added.Select(id => (id, side))], LineageDirection.Both, ct);
        return view with { Edges = [.. view.Edges, .. shown.Edges.Except(view.Edges)] };
    }

    /// <summary>How many arrows of a node lead out of the view in the directions that were walked from it.</summary>
    public static int Hidden(LineageNode node, LineageDirection direction) =>
        (node.Side <= 0 && direction != LineageDirection.Down ? node.HiddenUp : 0) + (node.Side >= 0 && direction != LineageDirection.Up ? node.HiddenDown : 0);

    private async Task<LineageView> ViewAsync(
        NexusDb db, string root, List<(string Id, int Side)> things, LineageDirection direction, CancellationToken ct)
    {
        var found = things.ConvertAll(thing => thing.Id);
        var details = new LineageDetails(db, archive, ct);
        await details.ReadAsync(found);
        var edges = await BetweenAsync(db, found, ct);
        var (up, down) = await CountAsync(db, found, ct);
        foreach (var edge in edges)
        {
            up[edge.To]--;
            down[edge.From]--;
        }

        var nodes = things.ConvertAll(thing => Node(thing.Id, details.Find(thing.Id), up.GetValueOrDefault(thing.Id), down.GetValueOrDefault(thing.Id), thing.Side));
        return new(root, nodes, edges, nodes.Exists(node => Hidden(node, direction) > 0));
    }

    private static LineageNode Node(string subject, LineageDetail? detail, int up, int down, int side)
    {
        var read = LineageSubject.Of(subject);
        var gone = detail is null && (read.Kind is "dataset" or "pipeline" or "config" or "run" or "sweep" or "model" or "approval" or "agent");
        var title = detail?.Title ?? (read.Id is { } id ? $"{id}"[..8] : read.Number is { } number ? $"{read.Name} {number}" : read.Name);
        return new(subject, read.Kind, title, gone ? "Removed" : detail?.State, detail?.At, up, down, side);
    }

    private static Task<List<LineageArrow>> BetweenAsync(NexusDb db, List<string> found, CancellationToken ct) =>
        db.LineageEdges.AsNoTracking().Where(e => found.Contains(e.From) && found.Contains(e.To))
            .OrderBy(e => e.CreatedAt).ThenBy(e => e.Id).Select(e => new LineageArrow(e.From, e.To, e.Relation, e.CreatedAt)).ToListAsync(ct);

    private static async Task<(Dictionary<string, int> Up, Dictionary<string, int> Down)> CountAsync(NexusDb db, List<string> found, CancellationToken ct)
    {
        var edges = db.LineageEdges.AsNoTracking();
        var up = await edges.Where(e => found.Contains(e.To)).GroupBy(e => e.To).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var down = await edges.Where(e => found.Contains(e.From)).GroupBy(e => e.From).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return (up, down);
    }
}
