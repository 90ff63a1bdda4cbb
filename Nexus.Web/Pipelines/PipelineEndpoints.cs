using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Pipelines;

/// <summary>Pipelines' texts, and starting a run of one.</summary>
internal static class PipelineEndpoints
{
    public static void MapPipelineTexts(this RouteGroupBuilder pipelines)
    {
        pipelines.MapGet("/", List).RequireAuthorization(Policies.Viewer).WithSummary("Pipelines by name");
        pipelines.MapGet("/{name}", Get).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A pipeline with its newest text");
        pipelines.MapPut("/{name}", Put).RequireAuthorization(Policies.Engineer)
            .Accepts<string>("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain")
            .ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422)
            .WithSummary("Keep a text; what does not compose is refused with line and column. If-Match: the revision that it was written over, by the ETag of a GET");
        pipelines.MapGet("/{name}/revisions", Revisions).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A pipeline's texts, newest first");
        pipelines.MapGet("/{name}/revisions/{revision:int}", GetRevision).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("One of a pipeline's texts");
        pipelines.MapPost("/{name}/compose", Compose).WithMetadata(new KeepsNoAnswer()).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(422).WithSummary("The document as a run would have it, with the origin of every value; nothing is started");
        pipelines.MapPost("/{name}/runs", Start).WithMetadata(new RepeatsSafely()).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(422).WithSummary("Start a run");
    }

    private static async Task<Ok<Page<PipelineItem>>> List(int? pageSize, string? pageToken, PipelineService pipelines, CancellationToken ct) =>
        TypedResults.Ok(await pipelines.ListAsync(PageRequest.From(pageSize, pageToken), ct));

    private static async Task<Ok<PipelineView>> Get(string name, HttpResponse response, PipelineService pipelines, CancellationToken ct)
    {
        var pipeline = await pipelines.GetAsync(name, ct);
        RevisionTag.Tell(response, pipeline.Revision);
        return TypedResults.Ok(pipeline);
    }

    private static async Task<Results<Created<PutPipelineResponse>, Ok<PutPipelineResponse>>> Put(
        string name, HttpRequest request, Actor actor, PipelineService pipelines, CancellationToken ct)
    {
        var put = await pipelines.PutAsync(name, await YamlBody.ReadAsync(request, ct), actor, ct, RevisionTag.Expected(request));
        var answer = new PutPipelineResponse(put.Name, put.Revision);
        return put.Created ? TypedResults.Created($"/api/v1/pipelines/{name}", answer) : TypedResults.Ok(answer);
    }

    private static async Task<Ok<Page<PipelineRevisionItem>>> Revisions(
        string name, int? pageSize, string? pageToken, PipelineService pipelines, CancellationToken ct) =>
        TypedResults.Ok(await pipelines.RevisionsAsync(name, PageRequest.From(pageSize, pageToken), ct));

    private static async Task<Ok<PipelineView>> GetRevision(string name, int revision, PipelineService pipelines, CancellationToken ct) =>
        TypedResults.Ok(await pipelines.GetAsync(name, revision, ct));

    private static async Task<Ok<ComposeResponse>> Compose(string name, StartRunRequest? body, CompositionService composition, CancellationToken ct)
    {
        var overrides = body?.Overrides ?? [];
        if (overrides.Any(o => o is null)) throw Refused.Invalid("overrides", "An override is a text.");
        return TypedResults.Ok(ComposeResponse.From(await composition.ComposeAsync(name, overrides, body?.Dataset, ct)));
    }

    private static async Task<Accepted<StartRunResponse>> Start(
        string name, StartRunRequest? body, HttpContext http, Actor actor, RunLauncher launcher, CancellationToken ct)
    {
        var overrides = body?.Overrides ?? [];
        if (overrides.Any(o => o is null)) throw Refused.Invalid("overrides", "An override is a text.");
        var id = await launcher.StartAsync(name, overrides, body?.Dataset, actor, ct, id: Idempotency.EffectOf(http));
        return TypedResults.Accepted($"/api/v1/runs/{id}", new StartRunResponse(id));
    }
}
