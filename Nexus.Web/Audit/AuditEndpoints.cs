using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Web.Identity;

namespace Nexus.Web.Audit;

internal static class AuditEndpoints
{
    public static void MapAuditEndpoints(this RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit").RequireAuthorization(Policies.Auditor);
        audit.MapGet("/", List).WithSummary("Who did what: entries of the ledger, newest first. `subject` may end in `*`.");
        audit.MapGet("/{sequence:long}", Prove).WithSummary("One entry, and the proof that a checkpoint covers it (RFC 6962).").ProducesProblem(404);
        audit.MapGet("/verify", Verify).WithSummary("Walks over the whole ledger and names the first broken entry.");
        audit.MapGet("/checkpoints", Checkpoints).WithSummary("Signed tree heads (C2SP tlog-checkpoint), newest first, and the key to check them with.");
        audit.MapPost("/checkpoints", Checkpoint).WithSummary("Makes a checkpoint now; where nothing was appended since the last, answers that one.").ProducesProblem(409);
    }

    private static async Task<Ok<Page<AuditEntry>>> List(
        DateTimeOffset? from, DateTimeOffset? to, string? actor, string? subject, int? pageSize, string? pageToken, Actor reader, AuditService audit, CancellationToken ct) =>
        TypedResults.Ok(await audit.ListAsync(new(from, to, actor, subject), PageRequest.From(pageSize, pageToken), reader, ct));

    private static async Task<Ok<AuditProof>> Prove(long sequence, Actor reader, AuditService audit, CancellationToken ct) =>
        TypedResults.Ok(await audit.ProveAsync(sequence, reader, ct));

    private static async Task<Ok<VerificationResponse>> Verify(Actor reader, AuditService audit, CancellationToken ct) =>
        TypedResults.Ok(VerificationResponse.From(await audit.VerifyAsync(reader, ct)));

    private static async Task<Ok<CheckpointsResponse>> Checkpoints(int? pageSize, string? pageToken, Actor reader, AuditService audit, CancellationToken ct)
    {
        var page = await audit.CheckpointsAsync(PageRequest.From(pageSize, pageToken), reader, ct);
        return TypedResults.Ok(new CheckpointsResponse(page.Items, page.NextPageToken, audit.VerifierKey));
    }

    private static async Task<Results<Created<CheckpointView>, Ok<CheckpointView>>> Checkpoint(Actor reader, AuditService audit, CancellationToken ct)
    {
        var (checkpoint, made) = await audit.CheckpointAsync(reader, ct);
        return made ? TypedResults.Created((string?)null, checkpoint) : TypedResults.Ok(checkpoint);
    }
}
