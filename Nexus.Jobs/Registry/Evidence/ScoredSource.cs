using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Evidence;

/// <summary>One measurement of a version whose rows' answers are kept.</summary>
/// <param name="Rows">Digest of the rows.</param>
/// <param name="Scores">Digest of <see cref="ScoredRows"/>.</param>
/// <param name="Label">Null where the evaluation does not say: the rows' own label then.</param>
internal sealed record ScoredSource(string Rows, string Scores, string? Label, IReadOnlyDictionary<string, MetricEstimate> Metrics)
{
    public bool IsPairedWith(ScoredSource other) => Rows == other.Rows && (Label is null || other.Label is null || Label == other.Label);
}
