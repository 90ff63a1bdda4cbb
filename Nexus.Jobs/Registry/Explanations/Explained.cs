using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>What came of an explanation; the last two null where the version's own evaluation holds them.</summary>
internal sealed record Explained(ExplanationResult Result, string? Scores, IReadOnlyDictionary<string, MetricEstimate>? Metrics);
