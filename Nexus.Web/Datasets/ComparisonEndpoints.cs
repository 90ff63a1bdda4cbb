using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Inference.Datasets;
using Nexus.Web.Identity;

namespace Nexus.Web.Datasets;

/// <summary>What changed since another version, and how columns hang together.</summary>
internal static class ComparisonEndpoints
{
    public static void MapComparing(this RouteGroupBuilder datasets)
    {
        datasets.MapGet("/{name}/versions/{version:int}/comparison", Compare).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(429).ProducesProblem(503)
            .WithSummary("What changed in each column since another version")
            .WithDescription("`against` is a version, by default the one before. New categories, values missing more often, drift (PSI against a limit that follows from the rows compared, at a false discovery rate of 1 %), later times.");
        datasets.MapGet("/{name}/versions/{version:int}/correlations", Correlate).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(429).ProducesProblem(503).ProducesProblem(422)
            .WithSummary("The pairs of columns that hang together most")
            .WithDescription("Pearson and Spearman of numbers and times, Cramér's V (bias-corrected) of categories, the correlation ratio of both; over at most some 10,000 rows drawn by a fixed hash. `pairs` is 1 to 1,000, default 100.");
    }

    private static async Task<Ok<DatasetComparison>> Compare(string name, int version, int? against, DatasetComparer comparer, CancellationToken ct) =>
        TypedResults.Ok(await comparer.CompareAsync(new(name, version), against ?? version - 1, ct));

    private static async Task<Ok<CorrelationReport>> Correlate(string name, int version, int? pairs, CorrelationService correlations, CancellationToken ct)
    {
        if (pairs is < 1 or > 1000) throw Data.Refused.Invalid("pairs", "pairs is 1 to 1000.");
        var report = await correlations.OfAsync(new(name, version), ct);
        return TypedResults.Ok(report with { Pairs = [.. report.Pairs.Take(pairs ?? 100)] });
    }
}
