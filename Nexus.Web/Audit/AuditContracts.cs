using System.Text.Json.Serialization;
using Nexus.Data.Audit;

namespace Nexus.Web.Audit;

/// <summary>What is not there is absent.</summary>
internal sealed record VerificationResponse(
    bool Valid, long Entries, string Head,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BrokenEntry? FirstBroken,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CheckpointView? Checkpoint)
{
    public static VerificationResponse From(LedgerVerification found) => new(found.Valid, found.Entries, found.Head, found.FirstBroken, found.Checkpoint);
}

/// <param name="VerifierKey">The public key as C2SP signed-note writes it.</param>
internal sealed record CheckpointsResponse(IReadOnlyList<CheckpointView> Items, string? NextPageToken, string VerifierKey);
