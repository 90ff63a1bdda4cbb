using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Web.Identity;

namespace Nexus.Web.Registry;

/// <summary>A version's card: drawn from what is known, written by persons where only they know.</summary>
internal static class CardEndpoints
{
    private const string Card = "/{name}/versions/{version:int}/card";

    public static void MapCards(this RouteGroupBuilder models)
    {
        models.MapGet(Card, Get).RequireAuthorization(Policies.Viewer).Produces<string>(200, "text/markdown").ProducesProblem(404).WithSummary("A version's model card as Markdown");
        models.MapPut(Card, Put).RequireAuthorization(Policies.Engineer).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Write the sections of a card that only a person knows");
    }

    private static async Task<ContentHttpResult> Get(string name, int version, CardReader cards, CancellationToken ct) =>
        TypedResults.Content(CardText.Write(await cards.ReadAsync(name, version, ct)), "text/markdown; charset=utf-8");

    private static async Task<Ok<ModelCardView>> Put(string name, int version, PutCardRequest body, Actor actor, ModelCardService cards, CancellationToken ct)
    {
        var now = await cards.GetAsync(name, version, ct);
        return TypedResults.Ok(await cards.PutAsync(name, version, body.On(now.Sections), body.Revision, actor, ct));
    }
}
