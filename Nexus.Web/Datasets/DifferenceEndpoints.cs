using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Datasets.Differences;
using Nexus.Web.Identity;

namespace Nexus.Web.Datasets;

/// <summary>How the rows of two versions differ.</summary>
internal static class DifferenceEndpoints
{
    public static void MapDifferences(this RouteGroupBuilder datasets)
    {
        datasets.MapGet("/{name}/versions/{version:int}/difference", Summary).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(429).ProducesProblem(503).ProducesProblem(422)
            .WithSummary("How many rows were added, removed and changed since another version")
            .WithDescription("`against` is a version, by default the one before. `key`, repeated for several, names the columns that tell rows apart; without it whole rows are compared, as often as they occur. `suggestedKeys` are columns that do.");
        datasets.MapGet("/{name}/versions/{version:int}/difference/rows", Rows).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(429).ProducesProblem(503).ProducesProblem(422)
            .WithSummary("The rows that were added, removed or changed, by their number");
    }

    private static async Task<Ok<DatasetDifference>> Summary(
        string name, int version, int? against, string[]? key, DifferenceService differences, CancellationToken ct) =>
        TypedResults.Ok(await differences.SummaryAsync(new(name, version), against ?? version - 1, key ?? [], ct));

    /// <param name="kind">added, removed or changed.</param>
    private static async Task<Ok<Page<DifferenceRow>>> Rows(
        string name, int version, string? kind, int? against, string[]? key, int? pageSize, string? pageToken, DifferenceService differences, CancellationToken ct) =>
        TypedResults.Ok(await differences.RowsAsync(
            new(name, version), against ?? version - 1, key ?? [],
            Enum.TryParse<DifferenceKind>(kind, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : throw Refused.Invalid("kind", "kind is added, removed or changed."),
            PageRequest.From(pageSize, pageToken), ct));
}
