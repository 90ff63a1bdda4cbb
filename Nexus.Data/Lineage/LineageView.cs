namespace Nexus.Data.Lineage;

/// <summary>A part of the graph around one thing.</summary>
/// <param name="Nodes">The root first, then by distance.</param>
/// <param name="Edges">All arrows between the nodes, oldest first.</param>
/// <param name="Truncated">Whether there is more in the asked directions.</param>
public sealed record LineageView(string Root, IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageArrow> Edges, bool Truncated);
