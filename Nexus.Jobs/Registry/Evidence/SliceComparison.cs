using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Evidence;

/// <summary>A slice's metrics beside another version's.</summary>
/// <param name="Other">Null where the other version was not measured on such a slice.</param>
/// <param name="Difference">Mine − other, paired by row; null where they are not on the same rows.</param>
/// <param name="IsSmall">Fewer rows than tell anything apart.</param>
public sealed record SliceComparison(
    string Column,
    string Name,
    int Rows,
    IReadOnlyDictionary<string, MetricEstimate> Mine,
    IReadOnlyDictionary<string, MetricEstimate>? Other,
    IReadOnlyDictionary<string, MetricEstimate>? Difference,
    bool IsSmall);
