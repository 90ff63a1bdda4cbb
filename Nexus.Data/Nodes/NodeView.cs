namespace Nexus.Data.Nodes;

/// <param name="IsThis">Whether it is the node that answers.</param>
public sealed record NodeView(
    Guid Id, string Name, IReadOnlyList<string> Roles, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, NodeState State, bool IsThis);
