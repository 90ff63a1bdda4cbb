namespace Nexus.Data.Lineage;

/// <summary>One thing of the graph.</summary>
/// <param name="Id">As the ledger writes subjects.</param>
/// <param name="Kind">What stands before the slash: <c>dataset</c>, <c>run</c>, <c>model</c>.</param>
/// <param name="State">A run's status, a version's stage; null where it has none.</param>
/// <param name="At">When it came to be; null where that is not known.</param>
/// <param name="HiddenUp">How many arrows lead to it from things that are not in this view.</param>
/// <param name="HiddenDown">How many lead from it to things that are not in this view.</param>
/// <param name="Side">Below 0: above the root; 0: the root; over 0: below it.</param>
public sealed record LineageNode(string Id, string Kind, string Title, string? State, DateTimeOffset? At, int HiddenUp, int HiddenDown, int Side);
