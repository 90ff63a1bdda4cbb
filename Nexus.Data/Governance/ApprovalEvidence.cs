using Nexus.Data.Registry;

namespace Nexus.Data.Governance;

/// <summary>All that an approver is shown; the approval is bound to the SHA-256 of its canonical JSON.</summary>
/// <param name="Production">What is in Production now; null where nothing is.</param>
/// <param name="Comparison">The candidate against Production on the same rows; null where the evaluation did not compare with that version.</param>
/// <param name="SignatureDifference">What callers would notice, one sentence each; empty where inputs and outputs stay.</param>
/// <param name="Agents">Who would answer by it. Agents come and their volume moves without a signature; neither makes an approval lapse.</param>
/// <param name="MeasuredAt">When the agents' volume was counted.</param>
public sealed record ApprovalEvidence(
    string Model,
    int Version,
    Stage From,
    Stage To,
    VersionEvidence Candidate,
    VersionEvidence? Production,
    ProductionComparison? Comparison,
    IReadOnlyList<string> SignatureDifference,
    IReadOnlyList<AffectedAgent> Agents,
    DateTimeOffset MeasuredAt)
{
    /// <summary>The same, with the agents and volumes of <paramref name="shown"/>: comparable with it by digest.</summary>
    internal ApprovalEvidence WithAgentsOf(ApprovalEvidence shown) => this with { MeasuredAt = shown.MeasuredAt, Agents = shown.Agents };
}
