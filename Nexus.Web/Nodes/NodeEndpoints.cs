using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Nodes;
using Nexus.Web.Identity;

namespace Nexus.Web.Nodes;

internal static class NodeEndpoints
{
    public static void MapNodes(this RouteGroupBuilder api) =>
        api.MapGet("/nodes", List).WithTags("Nodes").RequireAuthorization(Policies.Admin).WithSummary("The processes that work, or worked within a day, on this portal; the newest first.");

    private static async Task<Ok<Page<NodeResponse>>> List(int? pageSize, string? pageToken, Actor actor, NodeRegister nodes, CancellationToken ct) =>
        TypedResults.Ok((await nodes.ListAsync(PageRequest.From(pageSize, pageToken), actor, ct)).Select(NodeResponse.From));
}
