using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Web.Identity;

namespace Nexus.Web.Governance;

/// <summary>What waits for a signature, and signing it.</summary>
internal static class ApprovalEndpoints
{
    public static void MapApprovals(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/approvals").WithTags("Governance");
        group.MapGet("/", List).RequireAuthorization(Policies.Viewer).ProducesProblem(400).WithSummary("Approvals, newest first; filter by state");
        group.MapGet("/{id:guid}", Get).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("One approval with its evidence");
        group.MapPost("/{id:guid}/decisions", Decide).RequireAuthorization(Policies.Approver)
            .ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Approve or reject; approving executes the change");
    }

    private static async Task<Ok<Page<ApprovalView>>> List(string? state, int? pageSize, string? pageToken, ApprovalInbox inbox, CancellationToken ct) =>
        TypedResults.Ok(await inbox.ListAsync(StateOf(state), PageRequest.From(pageSize, pageToken), ct));

    private static async Task<Ok<ApprovalView>> Get(Guid id, ApprovalInbox inbox, CancellationToken ct) =>
        TypedResults.Ok(await inbox.GetAsync(id, ct));

    private static async Task<Ok<ApprovalView>> Decide(Guid id, DecideRequest body, Actor actor, ApprovalService approvals, CancellationToken ct) =>
        TypedResults.Ok(await approvals.DecideAsync(id, body.ToVerdict(), actor, ct));

    private static ApprovalState? StateOf(string? state) =>
        string.IsNullOrEmpty(state) ? null
        : Enum.TryParse<ApprovalState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known
        : throw Refused.Malformed($"A state is {string.Join(", ", Enum.GetNames<ApprovalState>())}.");
}
