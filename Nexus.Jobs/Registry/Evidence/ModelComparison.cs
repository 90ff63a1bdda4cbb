using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Evidence;

/// <summary>A version beside another.</summary>
/// <param name="Mine">Null where no answers of the version on labelled rows are kept.</param>
/// <param name="Other">Likewise of the other; null where there is no other, too.</param>
/// <param name="OnSameRows">Both were measured on the same rows: the differences are paired.</param>
/// <param name="Differences">Mine − other by a bootstrap paired by row; empty where they are not on the same rows, or were not asked for.</param>
public sealed record ModelComparison(
    int Version, int? Against, ModelEvidence? Mine, ModelEvidence? Other, bool OnSameRows, IReadOnlyDictionary<string, MetricEstimate> Differences);
