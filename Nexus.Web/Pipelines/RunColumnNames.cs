using System.Globalization;
using Nexus.Data.Pipelines;
using Nexus.Web.Registry;

namespace Nexus.Web.Pipelines;

/// <summary>The columns that a list of runs can have: what they are called, ordered by, and say in a CSV.</summary>
internal static class RunColumnNames
{
    public static readonly IReadOnlyList<string> Default = ["status", "result", "model", "took", "by", "started"];

    /// <summary>Those of the run itself.</summary>
    public static readonly IReadOnlyList<string> Own = ["status", "result", "model", "took", "by", "trigger", "revision", "started"];

    public static string Header(string column) => column switch
    {
        "by" => "Started by",
        _ when column.StartsWith("metrics.", StringComparison.Ordinal) => MetricNames.Label(column["metrics.".Length..]),
        _ when column.Contains('.', StringComparison.Ordinal) => column[(column.LastIndexOf('.') + 1)..],
        _ => char.ToUpperInvariant(column[0]) + column[1..],
    };

    public static string? Title(string column) => column == "took" ? "Took, s" : column.Contains('.', StringComparison.Ordinal) ? column : null;

    public static bool IsNumeric(string column, IReadOnlySet<string> numeric) =>
        column is "result" or "took" or "revision" || column.StartsWith("metrics.", StringComparison.Ordinal) || numeric.Contains(column);

    /// <summary>What the list is ordered by; null where it cannot be.</summary>
    public static string? Sort(string column, string? primary) => column switch
    {
        "started" => "created",
        "took" => "duration",
        "result" => primary is null ? null : $"metrics.{primary}",
        _ when column.StartsWith("metrics.", StringComparison.Ordinal) || column.StartsWith("params.", StringComparison.Ordinal) => column,
        _ => null,
    };

    public static object? Value(string column, RunRow row, DateTimeOffset now)
    {
        var run = row.Summary;
        return column switch
        {
            "status" => run.Status,
            "result" => RunWords.Headline(run.Metrics)?.Value.Value,
            "model" => run.ModelVersion is { } version ? $"{run.ModelName}@{version}" : null,
            "took" => RunWords.Took(run.StartedAt, run.EndedAt, now),
            "by" => run.CreatedBy,
            "trigger" => run.Trigger,
            "revision" => run.Revision,
            "started" => run.CreatedAt,
            _ when column.StartsWith("metrics.", StringComparison.Ordinal) => row.Metrics.GetValueOrDefault(column["metrics.".Length..])?.Value,
            _ when column.StartsWith("params.", StringComparison.Ordinal) => Parse(row.Params.GetValueOrDefault(column["params.".Length..])),
            _ when column.StartsWith("tags.", StringComparison.Ordinal) => row.Tags.GetValueOrDefault(column["tags.".Length..]),
            _ => null,
        };
    }

    private static object? Parse(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;
}
