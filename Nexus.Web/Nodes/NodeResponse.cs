using Nexus.Data.Nodes;

namespace Nexus.Web.Nodes;

/// <param name="Id">Another at every start of the process.</param>
/// <param name="State">Gone: nothing was heard of it for 10 s.</param>
/// <param name="Answering">Whether it is the node that gives this answer.</param>
internal sealed record NodeResponse(
    Guid Id, string Name, IReadOnlyList<string> Roles, string Version, NodeState State, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool Answering)
{
    public static NodeResponse From(NodeView node) =>
        new(node.Id, node.Name, node.Roles, node.Version, node.State, node.StartedAt, node.SeenAt, node.IsThis);
}
