using Nexus.Inference.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>What changed in a column, in words.</summary>
internal static class ChangeWords
{
    private const int Named = 3;

    /// <summary>Columns that changed and what they do, for the sentence on top; a few by name.</summary>
    public static IEnumerable<(string Who, string What)> Sentence(DatasetComparison? comparison)
    {
        if (comparison is null) yield break;
        var changed = comparison.Columns.Where(IsNews).OrderBy(c => c.Kind).ToList();
        if (changed.Count == 0)
        {
            yield return ("", comparison.ComparedRows == 0 ? "No row is new." : "No column drifts.");
            yield break;
        }

        for (var i = 0; i < Math.Min(Named, changed.Count); i++)
        {
            var last = i == Math.Min(Named, changed.Count) - 1;
            yield return (Format.MiddleCut(changed[i].Name, 40), $" {Does(changed[i])}{(!last ? ", " : changed.Count > Named ? $", and {Format.Count(changed.Count - Named)} more changed." : ".")}");
        }
    }

    public static bool IsNews(ColumnChange change) => change.Kind is not (ColumnChangeKind.None or ColumnChangeKind.NotEnoughRows or ColumnChangeKind.Fresher);

    public static ChipState State(ColumnChange change) => change.Kind switch
    {
        ColumnChangeKind.NewValue or ColumnChangeKind.Drifts or ColumnChangeKind.MissingMore or ColumnChangeKind.Removed or ColumnChangeKind.Retyped => ChipState.Warn,
        _ => ChipState.Plain,
    };

    /// <summary>In the table's cell.</summary>
    public static string Short(ColumnChange change) => change.Kind switch
    {
        ColumnChangeKind.Added => "new column",
        ColumnChangeKind.Removed => "column is gone",
        ColumnChangeKind.Retyped => "other type",
        ColumnChangeKind.NewValue => change.NewValues!.Count == 1 ? $"new value “{Format.MiddleCut(change.NewValues[0].Value, 24)}”" : $"{change.NewValues.Count} new values",
        ColumnChangeKind.MissingMore => "missing more",
        ColumnChangeKind.Drifts => "drifts",
        ColumnChangeKind.Fresher => $"fresher by {Span(change.Later!.Value)}",
        ColumnChangeKind.Older => $"ends {Span(-change.Later!.Value)} earlier",
        ColumnChangeKind.NotEnoughRows => "too few new rows",
        _ => "none",
    };

    /// <summary>On hover: the evidence.</summary>
    public static string Why(ColumnChange change, DatasetComparison comparison) => change.Kind switch
    {
        ColumnChangeKind.NewValue => string.Join(", ", change.NewValues!.Take(5).Select(v => $"“{Format.MiddleCut(v.Value, 24)}” in {Format.Count(v.Count, "row")}")),
        ColumnChangeKind.MissingMore => $"Missing in {Format.Percent(change.MissingNow)} of the compared rows, before in {Format.Percent(change.MissingBefore)}.",
        ColumnChangeKind.Drifts => $"PSI {Format.Decimal(change.Psi)} is above the limit {Format.Decimal(change.Limit)}; adjusted p {P(change.AdjustedP)}.",
        ColumnChangeKind.NotEnoughRows => $"{Format.Count(comparison.ComparedRows, "row")} to compare; a verdict takes 60, and 20 a bin.",
        ColumnChangeKind.None when change.Limit is { } limit => $"PSI {Format.Decimal(change.Psi)} is below the limit {Format.Decimal(limit)}.",
        _ => "",
    };

    public static string P(double? p) => p is null ? Format.Unknown : p < 0.0001 ? "< 0.0001" : Format.Decimal(p);

    private static string Does(ColumnChange change) => change.Kind switch
    {
        ColumnChangeKind.Added => "is new",
        ColumnChangeKind.Removed => "is gone",
        ColumnChangeKind.Retyped => "has another type",
        ColumnChangeKind.NewValue => change.NewValues!.Count == 1 ? "has a new value" : $"has {change.NewValues.Count} new values",
        ColumnChangeKind.MissingMore => "misses more values",
        ColumnChangeKind.Older => "ends earlier",
        _ => "drifts",
    };

    private static string Span(TimeSpan span) => span.TotalDays >= 2 ? $"{span.TotalDays:0} d" : span.TotalHours >= 24 ? "1 d" : Format.Duration(span);
}
