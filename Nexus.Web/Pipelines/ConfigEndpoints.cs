using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Identity;

namespace Nexus.Web.Pipelines;

/// <summary>Configs: named pieces of configuration that pipelines compose by <c>defaults:</c>. A path is a group, nested or not, and a name.</summary>
internal static class ConfigEndpoints
{
    public static void MapConfigs(this RouteGroupBuilder api)
    {
        var configs = api.MapGroup("/configs").WithTags("Configs");
        configs.MapGet("/", List).RequireAuthorization(Policies.Viewer).WithSummary("Configs by path");
        configs.MapGet("/{**path}", Get).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A config with its newest text, or that of ?revision=");
        configs.MapPut("/{**path}", Put).RequireAuthorization(Policies.Engineer)
            .Accepts<string>("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain")
            .ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422)
            .WithSummary("Keep a text under group/name; what does not read is refused with line and column. If-Match: the revision that it was written over, by the ETag of a GET");
        configs.MapDelete("/{**path}", Delete).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(409).WithSummary("Delete a config that nothing uses");
        api.MapGroup("/config-revisions").WithTags("Configs").MapGet("/{**path}", Revisions)
            .RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A config's texts, newest first");
    }

    private static async Task<Ok<Page<ConfigItem>>> List(string? group, int? pageSize, string? pageToken, ConfigService configs, CancellationToken ct) =>
        TypedResults.Ok(await configs.ListAsync(group, PageRequest.From(pageSize, pageToken), ct));

    private static async Task<Ok<ConfigView>> Get(string path, int? revision, HttpResponse response, ConfigService configs, CancellationToken ct)
    {
        var config = await configs.GetAsync(path, revision, ct);
        RevisionTag.Tell(response, config.Revision);
        return TypedResults.Ok(config);
    }

    private static async Task<Results<Created<PutConfigResponse>, Ok<PutConfigResponse>>> Put(
        string path, HttpRequest request, Actor actor, ConfigService configs, CancellationToken ct)
    {
        var put = await configs.PutAsync(path, await YamlBody.ReadAsync(request, ct), actor, ct, RevisionTag.Expected(request));
        var answer = PutConfigResponse.From(put);
        return put.Created ? TypedResults.Created($"/api/v1/configs/{put.Path}", answer) : TypedResults.Ok(answer);
    }

    private static async Task<NoContent> Delete(string path, Actor actor, ConfigService configs, CancellationToken ct)
    {
        await configs.DeleteAsync(path, actor, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<PipelineRevisionItem>>> Revisions(string path, int? pageSize, string? pageToken, ConfigService configs, CancellationToken ct) =>
        TypedResults.Ok(await configs.RevisionsAsync(path, PageRequest.From(pageSize, pageToken), ct));
}
