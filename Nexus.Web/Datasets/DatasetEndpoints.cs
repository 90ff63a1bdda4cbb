using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Datasets.Rows;
using Nexus.Web.Identity;

namespace Nexus.Web.Datasets;

/// <summary>Reading datasets: lists, versions, profiles, first rows, the original bytes.</summary>
internal static class DatasetEndpoints
{
    public static void MapReading(this RouteGroupBuilder datasets)
    {
        datasets.MapGet("/", List).RequireAuthorization(Policies.Viewer).WithSummary("Datasets by name, each with figures of its newest version");
        datasets.MapGet("/{name}/versions", Versions).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("The versions of a dataset, newest first");
        datasets.MapGet("/{name}/versions/{version:int}", Get).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("A version and its columns");
        datasets.MapGet("/{name}/versions/{version:int}/profile", Profile).RequireAuthorization(Policies.Viewer).ProducesProblem(404).WithSummary("What each column holds");
        datasets.MapGet("/{name}/versions/{version:int}/preview", Preview).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(422).WithSummary("The first rows, in the file's order");
        datasets.MapGet("/{name}/versions/{version:int}/rows", Rows).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(422)
            .WithSummary("All rows, page by page")
            .WithDescription("`sort` is a column, with a minus before it for the largest first; missing values come last. `column`, `is` (contains, equals, atLeast, atMost, missing, present) and `value` leave the rows that meet the condition.");
        datasets.MapGet("/{name}/versions/{version:int}/content", Content).RequireAuthorization(Policies.Viewer).Produces<Stream>(200, "application/octet-stream").ProducesProblem(404).WithSummary("The original bytes");
    }

    private static async Task<Ok<Page<DatasetView>>> List(int? pageSize, string? pageToken, string? filter, DatasetCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(await catalog.ListAsync(PageRequest.From(pageSize, pageToken), ct, filter));

    private static async Task<Ok<Page<DatasetVersionResponse>>> Versions(string name, int? pageSize, string? pageToken, DatasetCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok((await catalog.VersionsAsync(name, PageRequest.From(pageSize, pageToken), ct)).Select(DatasetVersionResponse.From));

    private static async Task<Ok<DatasetVersionResponse>> Get(string name, int version, DatasetCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(DatasetVersionResponse.From(await catalog.GetAsync(new(name, version), ct)));

    private static async Task<Ok<DatasetProfileResponse>> Profile(string name, int version, DatasetCatalog catalog, CancellationToken ct)
    {
        var found = await catalog.GetAsync(new(name, version), ct);
        return TypedResults.Ok(new DatasetProfileResponse(name, version, found.Rows, await catalog.ProfileAsync(new(name, version), ct)));
    }

    /// <param name="rows">1 … 1,000, default 100.</param>
    private static async Task<Ok<TablePreview>> Preview(string name, int version, int? rows, DatasetCatalog catalog, CancellationToken ct) =>
        TypedResults.Ok(await catalog.PreviewAsync(new(name, version), rows ?? 100, ct));

    private static async Task<Ok<Page<TableRow>>> Rows(
        string name, int version, string? sort, string? column, string? @is, string? value, int? pageSize, string? pageToken, RowReader rows, CancellationToken ct)
    {
        var filter = string.IsNullOrEmpty(column) ? null
            : Enum.TryParse<RowOperator>(@is ?? nameof(RowOperator.Contains), ignoreCase: true, out var how) && Enum.IsDefined(how) ? new RowFilter(column, how, value ?? "")
            : throw Refused.Invalid("is", "is is contains, equals, atLeast, atMost, missing or present.");
        return TypedResults.Ok(await rows.ReadAsync(new(name, version), sort, filter, PageRequest.From(pageSize, pageToken), ct));
    }

    private static async Task<FileStreamHttpResult> Content(string name, int version, DatasetCatalog catalog, CancellationToken ct)
    {
        var (found, content) = await catalog.OpenContentAsync(new(name, version), ct);
        return TypedResults.Stream(
            content, ImportFormats.MediaType(found.Format), $"{name}-{version}.{found.Format}", found.CreatedAt,
            new EntityTagHeaderValue($"\"{found.Digest}\""), enableRangeProcessing: true);
    }
}
