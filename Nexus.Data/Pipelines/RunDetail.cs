using System.Text.Json.Nodes;

namespace Nexus.Data.Pipelines;

/// <summary>All of a run but its log and metric curves.</summary>
/// <param name="Params">Path in the composed document → value as text, as it ran.</param>
/// <param name="Overrides">As they were given.</param>
/// <param name="Composed">The document that runs, as canonical JSON.</param>
/// <param name="Origins"><c>values</c>: where each value came from, by its path; <c>configs</c>: what it was composed of.</param>
/// <param name="Environment">Code commit, package versions, operating system, processors.</param>
/// <param name="MetricKeys">Metrics that have a history; its points come from <see cref="RunMetricService"/>.</param>
public sealed record RunDetail(
    RunSummary Summary,
    IReadOnlyDictionary<string, string> Params,
    IReadOnlyList<string> Overrides,
    string Composed,
    string ComposedDigest,
    JsonObject Origins,
    JsonObject Environment,
    string Note,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<RunStepView> Steps,
    IReadOnlyList<RunArtifactView> Artifacts,
    IReadOnlyList<string> MetricKeys);
