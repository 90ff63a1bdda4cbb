using Nexus.Data.Registry;

namespace Nexus.Data.Pipelines;

/// <summary>A run in a list, with the values of the columns that were asked for.</summary>
public sealed record RunRow(
    RunSummary Summary,
    IReadOnlyDictionary<string, string> Params,
    IReadOnlyDictionary<string, MetricEstimate> Metrics,
    IReadOnlyDictionary<string, string> Tags);
