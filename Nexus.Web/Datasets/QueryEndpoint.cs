using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Datasets.Queries;
using Nexus.Data.Identity;
using Nexus.Web.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Datasets;

/// <summary>SQL over a version.</summary>
internal static class QueryEndpoint
{
    public static void MapQuery(this RouteGroupBuilder datasets) => datasets.MapPost("/{name}/versions/{version:int}/query", Run)
        .WithMetadata(new KeepsNoAnswer()).RequireAuthorization(Policies.Viewer).ProducesProblem(404).ProducesProblem(422)
        .WithSummary("Ask the version by one reading SQL statement")
        .WithDescription("""
            DuckDB's SQL: one SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW, or EXPLAIN of one. The version is the table `data`, and has the
            dataset's name; other versions are `v1`, `v2`, … Bounded in time (10 s), memory (256 MB), rows (1,000) and bytes (2 MB); nothing outside the
            dataset can be read and nothing written. A faulty statement is 422 with `line` and `column`. At most two at once for one person, four in all: 429.
            """);

    private static async Task<Ok<QueryResult>> Run(string name, int version, QueryRequest body, Actor actor, TableQueryService queries, CancellationToken ct) =>
        body.Sql is null
            ? throw Refused.Invalid("sql", "Write a statement.")
            : TypedResults.Ok(await queries.RunAsync(new(name, version), body.Sql, body.MaxRows, actor, ct));
}
