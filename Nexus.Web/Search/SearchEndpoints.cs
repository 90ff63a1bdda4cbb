using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Search;
using Nexus.Web.Identity;

namespace Nexus.Web.Search;

internal static class SearchEndpoints
{
    public static void MapSearchEndpoints(this RouteGroupBuilder api) =>
        api.MapGet("/search", Find).RequireAuthorization(Policies.Viewer).WithTags("Search").WithName("Search")
            .WithSummary("Things by name, tags, description and notes, best first; every word is the beginning of a word").ProducesProblem(422);

    /// <param name="q">At most 200 characters.</param>
    /// <param name="kind">dataset, pipeline, config, run, sweep, model, version or agent.</param>
    /// <param name="pageSize">1 to 100; 20 by default. There is no second page: say more.</param>
    private static async Task<Ok<Page<SearchHitResponse>>> Find(string? q, string? kind, int? pageSize, ITextSearch search, CancellationToken ct)
    {
        var hits = await search.FindAsync(new(q, kind, pageSize ?? 20), ct);
        return TypedResults.Ok(new Page<SearchHitResponse>([.. hits.Select(SearchHitResponse.From)], null));
    }
}
