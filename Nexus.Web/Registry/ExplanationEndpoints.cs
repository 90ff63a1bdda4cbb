using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Inference.Registry;
using Nexus.Jobs.Registry.Explanations;
using Nexus.Web.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Registry;

/// <summary>Why a version answers as it does, and what it would answer.</summary>
internal static class ExplanationEndpoints
{
    private const string Version = "/{name}/versions/{version:int}";

    public static void MapExplanations(this RouteGroupBuilder models)
    {
        models.MapPost(Version + "/explanations", Explain).WithMetadata(new RepeatsSafely()).RequireAuthorization(Policies.Engineer)
            .Produces<ExplainResponse>(StatusCodes.Status202Accepted).ProducesProblem(404).ProducesProblem(422).WithSummary("Explain a version on a dataset with labels, in the background");
        models.MapGet(Version + "/explanations", List).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A version's explanations, newest first, without their results");
        models.MapGet(Version + "/explanations/{id:guid}", Get).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("One explanation with its result");
        models.MapPost(Version + "/what-if", WhatIf).WithMetadata(new KeepsNoAnswer()).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(422).WithSummary("What a version answers to made-up inputs; nothing is journaled");
    }

    private static async Task<Accepted<ExplainResponse>> Explain(
        string name, int version, ExplainRequest body, Actor actor, ExplanationService explanations, HttpContext http, CancellationToken ct)
    {
        var id = await explanations.RequestAsync(name, version, body.Dataset ?? "", body.Label ?? "", actor, ct, Idempotency.EffectOf(http));
        return TypedResults.Accepted($"/api/v1/models/{name}/versions/{version}/explanations/{id}", new ExplainResponse(id));
    }

    private static async Task<Ok<Page<ExplanationView>>> List(
        string name, int version, int? pageSize, string? pageToken, ExplanationCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(await catalog.ListAsync(name, version, PageRequest.From(pageSize, pageToken), ct));

    private static async Task<Ok<ExplanationView>> Get(string name, int version, Guid id, ExplanationCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(await catalog.GetAsync(name, version, id, ct));

    private static async Task<Ok<WhatIfResponse>> WhatIf(string name, int version, WhatIfRequest body, WhatIfService whatIf, CancellationToken ct)
    {
        var inputs = body.Inputs ?? throw Refused.Invalid("inputs", "inputs is missing: an object of feature and value.");
        var answer = await whatIf.AskAsync(name, version, inputs, ct);
        var sweep = body.Sweep is null ? null : await whatIf.SweepAsync(
            name, version, inputs, body.Sweep.Feature ?? throw Refused.Invalid("sweep.feature", "Name the feature to sweep."), body.Sweep.Values ?? [], ct);
        return TypedResults.Ok(new WhatIfResponse(answer.Label, answer.Scores, answer.Value, sweep));
    }
}
