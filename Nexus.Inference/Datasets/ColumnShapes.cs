namespace Nexus.Inference.Datasets;

/// <summary>Two distributions over the same bins: equal-width ones, or categories.</summary>
/// <param name="Before">Rows of the other version per bin.</param>
/// <param name="Now">Rows of this version per bin.</param>
/// <param name="Labels">The category of each bin; null where bins are ranges of numbers, times or lengths.</param>
public sealed record ColumnShapes(IReadOnlyList<long> Before, IReadOnlyList<long> Now, IReadOnlyList<string>? Labels);
