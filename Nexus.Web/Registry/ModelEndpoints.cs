using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Web.Identity;

namespace Nexus.Web.Registry;

/// <summary>Models and their aliases.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this RouteGroupBuilder models)
    {
        models.MapGet("/", List).RequireAuthorization(Policies.Viewer).WithSummary("Models by name, each with its newest version");
        models.MapGet("/{name}", Get).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A model with its newest version");
        models.MapPatch("/{name}", Describe).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(422).WithSummary("Describe or tag a model");
        models.MapGet("/{name}/aliases/{alias}", GetByAlias).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("The version that an alias names");
        models.MapPut("/{name}/aliases/{alias}", SetAlias).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(422).WithSummary("Point an alias at a version");
        models.MapDelete("/{name}/aliases/{alias}", DeleteAlias).RequireAuthorization(Policies.Engineer).ProducesProblem(404).WithSummary("Delete an alias");
    }

    private static async Task<Ok<Page<ModelResponse>>> List(int? pageSize, string? pageToken, ModelCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok((await catalog.ListAsync(PageRequest.From(pageSize, pageToken), ct)).Select(ModelResponse.From));

    private static async Task<Ok<ModelResponse>> Get(string name, ModelCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(ModelResponse.From(await catalog.GetAsync(name, ct)));

    private static async Task<Ok<ModelResponse>> Describe(
        string name, DescribeRequest body, Actor actor, ModelEditor editor, ModelCatalog catalog, CancellationToken ct)
    {
        await editor.DescribeAsync(name, body.Description, body.Tags, actor, ct);
        return TypedResults.Ok(ModelResponse.From(await catalog.GetAsync(name, ct)));
    }

    private static async Task<Ok<ModelVersionView>> GetByAlias(string name, string alias, ModelCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(await catalog.GetByAliasAsync(name, alias, ct));

    private static async Task<Ok<ModelVersionView>> SetAlias(
        string name, string alias, AliasRequest body, Actor actor, ModelEditor editor, ModelCatalog catalog, CancellationToken ct)
    {
        await editor.SetAliasAsync(name, alias, body.Version, actor, ct);
        return TypedResults.Ok(await catalog.GetVersionAsync(name, body.Version, ct));
    }

    private static async Task<NoContent> DeleteAlias(string name, string alias, Actor actor, ModelEditor editor, CancellationToken ct)
    {
        await editor.DeleteAliasAsync(name, alias, actor, ct);
        return TypedResults.NoContent();
    }
}
