using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Jobs.Sweeps;
using Nexus.Web.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Sweeps;

/// <summary>Sweeps: many runs of a pipeline over its settings, one best.</summary>
internal static class SweepEndpoints
{
    public static void MapSweepStarts(this RouteGroupBuilder pipelines)
    {
        pipelines.MapPost("/{name}/sweeps", Start).WithMetadata(new RepeatsSafely()).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(422).WithSummary("Start a sweep");
        pipelines.MapPost("/{name}/sweeps/estimate", Estimate).WithMetadata(new KeepsNoAnswer()).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(422)
            .WithSummary("How many runs a sweep would make, and how long they may take");
    }

    public static void MapSweepStates(this RouteGroupBuilder sweeps)
    {
        sweeps.MapGet("/", List).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("Sweeps, newest first");
        sweeps.MapGet("/{id:guid}", Get).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A sweep with its best run and those as good");
        sweeps.MapGet("/{id:guid}/trials", Trials).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A sweep's trials in the order of proposal");
        sweeps.MapPost("/{id:guid}/pause", Pause).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(409).WithSummary("Start no further run; those at work go on");
        sweeps.MapPost("/{id:guid}/resume", Resume).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(409).WithSummary("Go on after a pause");
        sweeps.MapPost("/{id:guid}/cancel", Cancel).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(409).WithSummary("Cancel a sweep and its open runs");
        sweeps.MapPost("/{id:guid}/extend", Extend).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Let a sweep make more runs");
    }

    private static async Task<Accepted<StartSweepResponse>> Start(
        string name, StartSweepRequest body, HttpContext http, Actor actor, SweepService sweeps, CancellationToken ct)
    {
        var id = await sweeps.StartAsync(body.For(name), actor, ct, Idempotency.EffectOf(http));
        return TypedResults.Accepted($"/api/v1/sweeps/{id}", new StartSweepResponse(id));
    }

    private static async Task<Ok<SweepEstimate>> Estimate(string name, StartSweepRequest body, SweepService sweeps, CancellationToken ct)
    {
        var asked = body.For(name);
        return TypedResults.Ok(await sweeps.EstimateAsync(name, asked.Overrides, asked.Dataset, asked.Strategy, asked.MaxTrials, asked.Parallel, ct));
    }

    private static async Task<Ok<Page<SweepSummary>>> List(string? pipeline, int? pageSize, string? pageToken, SweepCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(await catalog.ListAsync(pipeline, PageRequest.From(pageSize, pageToken), ct));

    private static async Task<Ok<SweepView>> Get(Guid id, SweepCatalog catalog, CancellationToken ct) => TypedResults.Ok(await catalog.GetAsync(id, ct));

    private static async Task<Ok<Page<SweepTrialView>>> Trials(Guid id, int? pageSize, string? pageToken, SweepCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(await catalog.TrialsAsync(id, PageRequest.From(pageSize, pageToken), ct));

    private static async Task<Ok<SweepView>> Pause(Guid id, Actor actor, SweepService sweeps, SweepCatalog catalog, CancellationToken ct)
    {
        await sweeps.PauseAsync(id, actor, ct);
        return TypedResults.Ok(await catalog.GetAsync(id, ct));
    }

    private static async Task<Ok<SweepView>> Resume(Guid id, Actor actor, SweepService sweeps, SweepCatalog catalog, CancellationToken ct)
    {
        await sweeps.ResumeAsync(id, actor, ct);
        return TypedResults.Ok(await catalog.GetAsync(id, ct));
    }

    private static async Task<Ok<SweepView>> Cancel(Guid id, Actor actor, SweepService sweeps, SweepCatalog catalog, CancellationToken ct)
    {
        await sweeps.CancelAsync(id, actor, ct);
        return TypedResults.Ok(await catalog.GetAsync(id, ct));
    }

    private static async Task<Ok<SweepView>> Extend(Guid id, ExtendSweepRequest body, Actor actor, SweepService sweeps, SweepCatalog catalog, CancellationToken ct)
    {
        await sweeps.ExtendAsync(id, body.Trials, actor, ct);
        return TypedResults.Ok(await catalog.GetAsync(id, ct));
    }
}
