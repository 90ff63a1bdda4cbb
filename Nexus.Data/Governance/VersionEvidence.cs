using System.Text.Json;
using Nexus.Data.Registry;

namespace Nexus.Data.Governance;

/// <summary>A model version as an approver is shown it.</summary>
/// <param name="Digest">SHA-256 of the artifact's bytes as they lie in the blob store, read again for every digest.</param>
/// <param name="EvaluationDigest">SHA-256 of the evaluation's JSON; null where it came without.</param>
/// <param name="Gates">What the pipeline asked for and how it went; null where it came without an evaluation.</param>
public sealed record VersionEvidence(
    int Version,
    string Digest,
    long Bytes,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    Guid? RunId,
    string Description,
    IReadOnlyDictionary<string, MetricEstimate> Metrics,
    string? EvaluationDigest,
    IReadOnlyList<EvaluationGate>? Gates,
    JsonElement Provenance);
