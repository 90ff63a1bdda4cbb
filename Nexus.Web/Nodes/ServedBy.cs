namespace Nexus.Web.Nodes;

/// <summary>Which nodes serve an endpoint; one that says nothing is the web nodes'.</summary>
/// <param name="Role">One of <see cref="Nexus.Data.Nodes.NodeRole"/>; null: every node.</param>
internal sealed record ServedBy(string? Role);
