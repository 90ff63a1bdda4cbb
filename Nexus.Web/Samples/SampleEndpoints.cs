using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Samples;
using Nexus.Jobs.Samples;
using Nexus.Web.Identity;

namespace Nexus.Web.Samples;

/// <summary>The sample workspace: is there one, bring it, start and stop its traffic, remove it.</summary>
internal static class SampleEndpoints
{
    public static void MapSampleEndpoints(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/samples").WithTags("Samples");
        group.MapGet("/", Get).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithName("GetSamples").WithSummary("The sample workspace, and how far it is made");
        group.MapPost("/", Add).RequireAuthorization(Policies.Samples).ProducesProblem(409).WithName("AddSamples").WithSummary("Makes the sample workspace in the background; one that stands stays as it is");
        group.MapDelete("/", Remove).RequireAuthorization(Policies.Samples).ProducesProblem(404).WithName("RemoveSamples").WithSummary("Removes the sample workspace, but for what other things rest on; it does not come back by itself");
        group.MapPost("/traffic/start", Start).RequireAuthorization(Policies.Engineer).ProducesProblem(404).WithName("StartSampleTraffic").WithSummary("Starts the sample's traffic; it ends by itself after some hours");
        group.MapPost("/traffic/stop", Stop).RequireAuthorization(Policies.Engineer).ProducesProblem(404).WithName("StopSampleTraffic").WithSummary("Stops the sample's traffic; outcomes still to be told wait for the next start");
    }

    private static async Task<Ok<SampleView>> Get(SampleService samples, CancellationToken ct) =>
        TypedResults.Ok(await samples.FindAsync(ct) ?? throw Refused.NotFound("sample workspace", "of this portal"));

    private static async Task<Accepted<SampleView>> Add(Actor actor, SampleService samples, CancellationToken ct) =>
        TypedResults.Accepted("/api/v1/samples", await samples.AddAsync(actor, ct));

    private static async Task<Ok<RemovedSample>> Remove(Actor actor, SampleService samples, CancellationToken ct) =>
        TypedResults.Ok(await samples.RemoveAsync(actor, ct));

    private static async Task<Ok<SampleView>> Start(Actor actor, SampleService samples, CancellationToken ct) =>
        TypedResults.Ok(await samples.SetTrafficAsync(true, actor, ct));

    private static async Task<Ok<SampleView>> Stop(Actor actor, SampleService samples, CancellationToken ct) =>
        TypedResults.Ok(await samples.SetTrafficAsync(false, actor, ct));
}
