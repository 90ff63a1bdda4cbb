namespace Nexus.Data.Governance;

/// <summary>An approval as pages and programs see it.</summary>
/// <param name="Evidence">What an approver is shown, as it was when the approval was asked for.</param>
/// <param name="EvidenceDigest">SHA-256 of the evidence's canonical JSON.</param>
/// <param name="DecidedAt">When a person decided, or when it closed by itself.</param>
public sealed record ApprovalView(
    Guid Id,
    string Kind,
    string Subject,
    StageTransition Change,
    ApprovalState State,
    string RequestedBy,
    string Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string EvidenceDigest,
    ApprovalEvidence Evidence,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Comment)
{
    internal static ApprovalView From(Approval approval) => new(
        approval.Id,
        approval.Kind,
        approval.Subject,
        CanonicalJson.Read<StageTransition>(approval.Change),
        approval.State,
        approval.RequestedBy,
        approval.Reason,
        approval.CreatedAt,
        approval.ExpiresAt,
        approval.EvidenceDigest,
        CanonicalJson.Read<ApprovalEvidence>(approval.Evidence),
        approval.DecidedBy,
        approval.DecidedAt,
        approval.Comment);
}
