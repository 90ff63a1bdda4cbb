using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Inference.Monitoring;
using Nexus.Web.Identity;

namespace Nexus.Web.Monitoring;

internal static class MonitoringEndpoints
{
    public static void MapMonitoringEndpoints(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/agents/{name}/monitoring").RequireAuthorization(Policies.Viewer).WithTags("Monitoring")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/drift", Drift).WithSummary("Each feature of the window against the training split of the version that answers");
        group.MapGet("/performance", Performance).WithSummary("Volume, latency, answers and live accuracy of the window, in sum and as series");
    }

    private static async Task<Ok<DriftReport>> Drift(string name, string? window, MonitoringService monitoring, CancellationToken ct) =>
        TypedResults.Ok(await monitoring.DriftAsync(name, MonitoringWindow.Parse(window), ct));

    private static async Task<Ok<PerformanceReport>> Performance(string name, string? window, MonitoringService monitoring, CancellationToken ct) =>
        TypedResults.Ok(await monitoring.PerformanceAsync(name, MonitoringWindow.Parse(window), ct));
}
