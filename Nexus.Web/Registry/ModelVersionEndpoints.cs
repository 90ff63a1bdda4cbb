using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Web.Identity;

namespace Nexus.Web.Registry;

/// <summary>A model's versions: what they are, what made them, and where they stand.</summary>
internal static class ModelVersionEndpoints
{
    private const string Version = "/{name}/versions/{version:int}";

    public static void MapModelVersions(this RouteGroupBuilder models)
    {
        models.MapGet("/{name}/versions", List).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A model's versions, newest first");
        models.MapGet(Version, Get).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("One version");
        models.MapPatch(Version, Describe).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(422).WithSummary("Describe or tag a version");
        models.MapDelete(Version, Delete).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(409).WithSummary("Delete a version that nothing uses");
        models.MapGet(Version + "/artifact", Artifact).RequireAuthorization(Policies.Viewer).Produces<Stream>(200, "application/octet-stream").ProducesProblem(404).WithSummary("The ONNX file");
        models.MapGet(Version + "/evaluation", Evaluation).RequireAuthorization(Policies.Viewer).Produces<EvaluationReport>().ProducesProblem(404).WithSummary("What the evaluation found");
        models.MapPost(Version + "/transitions", Transition).RequireAuthorization(Policies.Engineer)
            .Produces<TransitionResponse>(StatusCodes.Status202Accepted).Produces<ModelVersionView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Move a version to another stage; 202 where a person has to approve first");
    }

    private static async Task<Ok<Page<ModelVersionView>>> List(
        string name, int? pageSize, string? pageToken, ModelCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(await catalog.VersionsAsync(name, PageRequest.From(pageSize, pageToken), ct));

    private static async Task<Ok<ModelVersionView>> Get(string name, int version, ModelCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(await catalog.GetVersionAsync(name, version, ct));

    private static async Task<Ok<ModelVersionView>> Describe(
        string name, int version, DescribeRequest body, Actor actor, ModelEditor editor, ModelCatalog catalog, CancellationToken ct)
    {
        await editor.DescribeAsync(name, version, body.Description, body.Tags, actor, ct);
        return TypedResults.Ok(await catalog.GetVersionAsync(name, version, ct));
    }

    private static async Task<NoContent> Delete(string name, int version, Actor actor, ModelEditor editor, CancellationToken ct)
    {
        await editor.DeleteVersionAsync(name, version, actor, ct);
        return TypedResults.NoContent();
    }

    private static async Task<FileStreamHttpResult> Artifact(string name, int version, ModelCatalog catalog, BlobStore blobs, CancellationToken ct)
    {
        var view = await catalog.GetVersionAsync(name, version, ct);
        return TypedResults.Stream(await blobs.OpenReadAsync(view.Digest, ct), "application/octet-stream", $"{name}-{version}.onnx");
    }

    private static async Task<ContentHttpResult> Evaluation(string name, int version, ModelCatalog catalog, CancellationToken ct) =>
        TypedResults.Content(
            await catalog.EvaluationAsync(name, version, ct) ?? throw Refused.NotFound("evaluation of", $"{name}@{version}"), "application/json");

    private static async Task<Results<Accepted<TransitionResponse>, Ok<ModelVersionView>>> Transition(
        string name, int version, TransitionRequest body, Actor actor, TransitionService transitions, ModelCatalog catalog, CancellationToken ct)
    {
        var outcome = await transitions.RequestAsync(name, version, body.Stage, body.Reason, actor, ct);
        return outcome.ApprovalId is { } approval
            ? TypedResults.Accepted($"/api/v1/approvals/{approval}", new TransitionResponse(approval))
            : TypedResults.Ok(await catalog.GetVersionAsync(name, version, ct));
    }
}
