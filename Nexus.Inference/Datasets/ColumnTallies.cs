namespace Nexus.Inference.Datasets;

/// <summary>What was counted of one column in one version.</summary>
/// <param name="Bins">Per bin of the edges, then the missing; null for categories.</param>
/// <param name="Shape">Per equal-width bin.</param>
/// <param name="Values">Category → rows; null where values are no categories.</param>
internal sealed record ColumnTallies(long Rows, long Missing, long[]? Bins, long[]? Shape, IReadOnlyDictionary<string, long>? Values);
