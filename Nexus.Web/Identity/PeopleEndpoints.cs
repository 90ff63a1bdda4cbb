using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

internal static class PeopleEndpoints
{
    public static void MapPeople(this RouteGroupBuilder api)
    {
        api.MapGet("/me", Me).WithTags("Identity").RequireAuthorization(Policies.Viewer).WithSummary("Who this key or session is.");
        var people = api.MapGroup("/people").WithTags("Identity").RequireAuthorization(Policies.Admin);
        people.MapPost("/", Create).WithSummary("Makes a person.").ProducesProblem(409).ProducesProblem(422);
        people.MapGet("/", List).WithSummary("All people, by name.");
        people.MapGet("/{userName}", Get).WithSummary("One person.").ProducesProblem(404);
        people.MapPut("/{userName}/roles", SetRoles).WithSummary("Replaces a person's roles; their keys lose what the person loses.").ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        people.MapPut("/{userName}/password", ResetPassword).WithSummary("Sets a person's password and ends their sessions.").ProducesProblem(404).ProducesProblem(422);
        people.MapPost("/{userName}/setup-links", RenewSetup).WithSummary("A new link by which the person sets a password.").ProducesProblem(404);
        people.MapPost("/{userName}/disable", Disable).WithSummary("Lets the person and their keys in no longer.").ProducesProblem(404).ProducesProblem(409);
        people.MapPost("/{userName}/enable", Enable).WithSummary("Lets the person and their keys in again.").ProducesProblem(404);
    }

    private static async Task<Ok<PersonResponse>> Me(Actor actor, PersonService people, CancellationToken ct) =>
        TypedResults.Ok(PersonResponse.From(await people.GetAsync(actor.Name, actor, ct)) with { Roles = [.. actor.Roles.Order()] });

    private static async Task<Created<PersonResponse>> Create(CreatePersonRequest body, Actor actor, PersonService people, CancellationToken ct)
    {
        var made = await people.CreateAsync(new(body.UserName ?? "", body.DisplayName ?? "", body.Roles ?? [], body.Password), actor, ct);
        var path = made.SetupToken is { } token ? SetupLinkResponse.From(token).SetupPath : null;
        return TypedResults.Created($"/api/v1/people/{Uri.EscapeDataString(made.Person.UserName)}", PersonResponse.From(made.Person) with { SetupPath = path });
    }

    private static async Task<Ok<Page<PersonResponse>>> List(int? pageSize, string? pageToken, Actor actor, PersonService people, CancellationToken ct) =>
        TypedResults.Ok((await people.ListAsync(PageRequest.From(pageSize, pageToken), actor, ct)).Select(PersonResponse.From));

    private static async Task<Ok<PersonResponse>> Get(string userName, Actor actor, PersonService people, CancellationToken ct) =>
        TypedResults.Ok(PersonResponse.From(await people.GetAsync(userName, actor, ct)));

    private static async Task<Ok<PersonResponse>> SetRoles(string userName, RolesRequest body, Actor actor, PersonService people, CancellationToken ct)
    {
        await people.SetRolesAsync(userName, body.Roles ?? [], actor, ct);
        return TypedResults.Ok(PersonResponse.From(await people.GetAsync(userName, actor, ct)));
    }

    private static async Task<NoContent> ResetPassword(string userName, PasswordRequest body, Actor actor, PersonService people, CancellationToken ct)
    {
        await people.ResetPasswordAsync(userName, body.Password ?? "", actor, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Created<SetupLinkResponse>> RenewSetup(string userName, Actor actor, SetupService setup, CancellationToken ct) =>
        TypedResults.Created((string?)null, SetupLinkResponse.From(await setup.RenewAsync(userName, actor, ct)));

    private static async Task<NoContent> Disable(string userName, Actor actor, PersonService people, CancellationToken ct)
    {
        await people.DisableAsync(userName, actor, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Enable(string userName, Actor actor, PersonService people, CancellationToken ct)
    {
        await people.EnableAsync(userName, actor, ct);
        return TypedResults.NoContent();
    }
}
