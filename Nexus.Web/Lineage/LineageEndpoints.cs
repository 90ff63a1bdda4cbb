using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Lineage;
using Nexus.Web.Identity;

namespace Nexus.Web.Lineage;

internal static class LineageEndpoints
{
    public static void MapLineageEndpoints(this RouteGroupBuilder api) =>
        api.MapGet("/lineage/{**subject}", Get).RequireAuthorization(Policies.Viewer).WithTags("Lineage").WithName("GetLineage")
            .WithSummary("What a thing came from and what came of it: 'dataset/elec2@3', 'run/…', 'model/elec2@1', 'agent/price', 'decision/…'").ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    /// <param name="direction">up, down or both (the default).</param>
    /// <param name="depth">How many arrows away, 1 to 20; 3 by default.</param>
    /// <param name="maxNodes">1 to 1,000; 300 by default.</param>
    /// <param name="fan">At most so many neighbours of one thing on one side, the newest; 50 by default.</param>
    private static async Task<Ok<LineageResponse>> Get(
        string subject, string? direction, int? depth, int? maxNodes, int? fan, LineageService lineage, CancellationToken ct)
    {
        var request = new LineageRequest(
            subject, Direction(direction), depth ?? LineageRequest.DefaultDepth, maxNodes ?? LineageRequest.DefaultNodes, fan ?? LineageRequest.DefaultFan);
        return TypedResults.Ok(LineageResponse.From(await lineage.GetAsync(request, ct), request.Direction));
    }

    private static LineageDirection Direction(string? text) => text switch
    {
        null or "both" => LineageDirection.Both,
        "up" => LineageDirection.Up,
        "down" => LineageDirection.Down,
        _ => throw Refused.Invalid("direction", "direction is up, down or both."),
    };
}
