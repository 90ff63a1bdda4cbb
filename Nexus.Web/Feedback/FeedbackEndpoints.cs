using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Feedback;
using Nexus.Data.Identity;
using Nexus.Web.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Feedback;

internal static class FeedbackEndpoints
{
    public static void MapFeedbackEndpoints(this RouteGroupBuilder api) => api
        .MapPost("/feedback", Post).WithMetadata(new RepeatsSafely()).RequireAuthorization(Policies.Feedback).WithTags("Feedback")
        .WithSummary($"Tells what came back on decisions: up to {FeedbackService.MaxItems:N0} items, all stored or named as rejected")
        .Accepts<IReadOnlyList<FeedbackPost>>("application/json")
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    private static async Task<Accepted<FeedbackReceipt>> Post(
        JsonElement body, Actor actor, FeedbackService feedback, TimeProvider time, CancellationToken ct)
    {
        if (body.ValueKind != JsonValueKind.Array) throw Refused.Malformed("The body is a list of items: [{decisionId, kind, value}].");
        if (body.GetArrayLength() > FeedbackService.MaxItems) throw Refused.TooLarge($"One call takes at most {FeedbackService.MaxItems:N0} items.");
        var now = time.GetUtcNow();
        var accepted = new List<FeedbackInput>(body.GetArrayLength());
        var rejected = new List<FeedbackRejection>();
        foreach (var (index, json) in body.EnumerateArray().Index())
        {
            var (item, reason) = FeedbackInput.Read(json, now);
            if (item is not null) accepted.Add(item);
            else rejected.Add(new(index, reason!));
        }

        await feedback.AcceptAsync(accepted, actor, ct);
        return TypedResults.Accepted((string?)null, new FeedbackReceipt(accepted.Count, rejected));
    }
}
