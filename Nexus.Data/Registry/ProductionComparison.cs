namespace Nexus.Data.Registry;

/// <summary>The candidate against the version in Production, on the same rows.</summary>
/// <param name="Version">The version that was in Production then.</param>
/// <param name="Metrics">Production's own.</param>
/// <param name="Differences">Candidate − Production, paired by row; its sign is the metric's, so less is better for a loss.</param>
public sealed record ProductionComparison(
    string Model,
    int Version,
    IReadOnlyDictionary<string, MetricEstimate> Metrics,
    IReadOnlyDictionary<string, MetricEstimate> Differences);
