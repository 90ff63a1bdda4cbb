using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Nexus.Data.Storage;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Identity;

namespace Nexus.Web.Pipelines;

/// <summary>Runs: what became of them, their logs and curves; canceling and retrying.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this RouteGroupBuilder runs)
    {
        runs.MapGet("/", List).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(422).WithSummary("Runs by filter and order, else newest first");
        runs.MapGet("/curves", Curves).RequireAuthorization(Policies.Viewer).ProducesProblem(422).WithSummary("One metric's curves of up to 20 runs, thinned");
        runs.MapGet("/{id:guid}", Get).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A run with its steps");
        runs.MapPatch("/{id:guid}", Edit).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(422).WithSummary("Write a run's note and tags");
        runs.MapPost("/{id:guid}/cancel", Cancel).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(409).WithSummary("Cancel a run");
        runs.MapPost("/{id:guid}/retry", Retry).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(409).WithSummary("Go on at the first step that did not succeed");
        runs.MapGet("/{id:guid}/steps/{step}/log", Log).RequireAuthorization(Policies.Viewer).Produces<string>(200, "text/plain").ProducesProblem(404).WithSummary("A step's log");
        runs.MapGet("/{id:guid}/metrics/{**key}", History).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(422).WithSummary("A metric's curve, thinned");
        runs.MapGet("/{id:guid}/artifacts/{**path}", Artifact).RequireAuthorization(Policies.Viewer).Produces<Stream>(200, "application/octet-stream").ProducesProblem(404).WithSummary("A file that a step made");
    }

    private static async Task<Ok<Page<RunItemResponse>>> List(
        string? pipeline, string? status, string? filter, string? sort, int? pageSize, string? pageToken, RunService runs, CancellationToken ct)
    {
        var wanted = status is null ? (RunStatus?)null
            : Enum.TryParse<RunStatus>(status, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known
            : throw Refused.Malformed($"status is one of {string.Join(", ", Enum.GetNames<RunStatus>())}.");
        return TypedResults.Ok((await runs.ListAsync(new(pipeline, wanted, filter, sort), PageRequest.From(pageSize, pageToken), ct)).Select(RunItemResponse.From));
    }

    private static async Task<Ok<RunResponse>> Get(Guid id, RunService runs, CancellationToken ct) =>
        TypedResults.Ok(RunResponse.From(await runs.GetAsync(id, ct)));

    private static async Task<Ok<RunCurvesResponse>> Curves(string runs, string key, int? points, RunCurveService curves, CancellationToken ct)
    {
        var ids = runs.Split(',', StringSplitOptions.RemoveEmptyEntries).Take(RunCurveService.MaxRuns + 1)
            .Select(text => Guid.TryParse(text, out var id) ? id : throw Refused.Invalid("runs", "runs is a list of ids with commas between them.")).ToHashSet();
        return TypedResults.Ok(new RunCurvesResponse(key, await curves.ReadAsync(ids, key, points ?? 200, ct)));
    }

    private static async Task<Ok<RunResponse>> Edit(Guid id, EditRunRequest body, Actor actor, RunEditor editor, RunService runs, CancellationToken ct)
    {
        await editor.EditAsync(id, body.Note, body.Tags, actor, ct);
        return TypedResults.Ok(RunResponse.From(await runs.GetAsync(id, ct)));
    }

    private static async Task<Accepted<RunResponse>> Cancel(Guid id, Actor actor, RunLauncher launcher, RunService runs, CancellationToken ct)
    {
        await launcher.CancelAsync(id, actor, ct);
        return TypedResults.Accepted($"/api/v1/runs/{id}", RunResponse.From(await runs.GetAsync(id, ct)));
    }

    private static async Task<Accepted<RunResponse>> Retry(Guid id, Actor actor, RunLauncher launcher, RunService runs, CancellationToken ct)
    {
        await launcher.RetryAsync(id, actor, ct);
        return TypedResults.Accepted($"/api/v1/runs/{id}", RunResponse.From(await runs.GetAsync(id, ct)));
    }

    private static async Task<PushStreamHttpResult> Log(Guid id, string step, int? attempt, RunLogService logs, CancellationToken ct)
    {
        var stepId = await logs.FindStepAsync(id, step, ct);
        return TypedResults.Stream(
            async body =>
            {
                await foreach (var piece in logs.ReadAsync(stepId, attempt, ct)) await body.WriteAsync(Encoding.UTF8.GetBytes(piece), ct);
            },
            "text/plain; charset=utf-8");
    }

    private static async Task<Ok<RunCurveResponse>> History(Guid id, string key, int? points, RunMetricService metrics, CancellationToken ct) =>
        TypedResults.Ok(new RunCurveResponse(key, await metrics.HistoryAsync(id, key, points ?? 500, ct)));

    private static async Task<FileStreamHttpResult> Artifact(Guid id, string path, RunService runs, BlobStore blobs, CancellationToken ct)
    {
        var artifact = (await runs.GetAsync(id, ct)).Artifacts.FirstOrDefault(a => a.Path == path) ?? throw Refused.NotFound("artifact", path);
        return TypedResults.Stream(await blobs.OpenReadAsync(artifact.Digest, ct), "application/octet-stream", path.Replace('/', '-'));
    }
}
