using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

internal static class KeyEndpoints
{
    public static void MapKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/people/{userName}/keys").WithTags("Identity").RequireAuthorization(Policies.Viewer);
        keys.MapPost("/", Create).WithSummary("Makes a key; it is shown in this answer and never again.").ProducesProblem(404).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422);
        keys.MapGet("/", List).WithSummary("A person's keys, newest first, without the keys themselves.").ProducesProblem(404).ProducesProblem(403);
        keys.MapDelete("/{id:guid}", Revoke).WithSummary("Revokes a key, in force at once.").ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<Created<CreatedKey>> Create(string userName, CreateKeyRequest body, Actor actor, KeyService keys, CancellationToken ct)
    {
        var made = await keys.CreateAsync(userName, new(body.Name ?? "", body.Roles, body.ExpiresAt), actor, ct);
        return TypedResults.Created($"/api/v1/people/{Uri.EscapeDataString(userName)}/keys/{made.Id}", made);
    }

    private static async Task<Ok<Page<KeyView>>> List(string userName, int? pageSize, string? pageToken, Actor actor, KeyService keys, CancellationToken ct) =>
        TypedResults.Ok(await keys.ListAsync(userName, PageRequest.From(pageSize, pageToken), actor, ct));

    private static async Task<NoContent> Revoke(string userName, Guid id, Actor actor, KeyService keys, CancellationToken ct)
    {
        await keys.RevokeAsync(userName, id, actor, ct);
        return TypedResults.NoContent();
    }
}
