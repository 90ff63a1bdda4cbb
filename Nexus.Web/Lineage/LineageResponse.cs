using Nexus.Data.Lineage;

namespace Nexus.Web.Lineage;

/// <summary>A thing of the graph as programs read it.</summary>
/// <param name="More">How many arrows lead on, in the asked direction, to things that are not in the answer.</param>
public sealed record LineageNodeResponse(string Id, string Kind, string Title, string? State, DateTimeOffset? At, int More);

/// <summary>An arrow: <c>from</c> made or fed <c>to</c>.</summary>
public sealed record LineageEdgeResponse(string From, string To, string Relation, DateTimeOffset At);

/// <summary>A part of the lineage graph as programs read it.</summary>
public sealed record LineageResponse(string Root, IReadOnlyList<LineageNodeResponse> Nodes, IReadOnlyList<LineageEdgeResponse> Edges, bool Truncated)
{
    internal static LineageResponse From(LineageView view, LineageDirection direction) => new(
        view.Root,
        [.. view.Nodes.Select(n => new LineageNodeResponse(n.Id, n.Kind, n.Title, n.State, n.At, LineageService.Hidden(n, direction)))],
        [.. view.Edges.Select(e => new LineageEdgeResponse(e.From, e.To, e.Relation, e.At))],
        view.Truncated);
}
