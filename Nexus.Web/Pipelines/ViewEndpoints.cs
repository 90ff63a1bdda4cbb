using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Nexus.Web.Identity;

namespace Nexus.Web.Pipelines;

/// <summary>Saved views of the list of runs.</summary>
internal static class ViewEndpoints
{
    public static void MapViews(this RouteGroupBuilder views)
    {
        views.MapGet("/", List).RequireAuthorization(Policies.Viewer).WithSummary("Saved views by name");
        views.MapPut("/{name}", Put).RequireAuthorization(Policies.Engineer).ProducesProblem(422).WithSummary("Keep an arrangement of the list of runs under a name");
        views.MapDelete("/{name}", Delete).RequireAuthorization(Policies.Engineer).ProducesProblem(404).WithSummary("Forget a saved view");
    }

    private static async Task<Ok<Page<SavedViewItem>>> List(int? pageSize, string? pageToken, SavedViewService views, CancellationToken ct) =>
        TypedResults.Ok(await views.ListAsync(PageRequest.From(pageSize, pageToken), ct));

    private static async Task<Results<Created<PutViewRequest>, Ok<PutViewRequest>>> Put(string name, PutViewRequest body, Actor actor, SavedViewService views, CancellationToken ct) =>
        await views.PutAsync(name, body.Query, actor, ct)
            ? TypedResults.Created($"/api/v1/views/{Uri.EscapeDataString(name)}", body)
            : TypedResults.Ok(body);

    private static async Task<NoContent> Delete(string name, Actor actor, SavedViewService views, CancellationToken ct)
    {
        await views.DeleteAsync(name, actor, ct);
        return TypedResults.NoContent();
    }
}
