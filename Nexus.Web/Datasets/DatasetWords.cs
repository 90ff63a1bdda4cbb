using System.Globalization;
using Nexus.Data.Datasets;

namespace Nexus.Web.Datasets;

/// <summary>Datasets in words.</summary>
internal static class DatasetWords
{
    public static string Format(string format) => format switch
    {
        ImportFormats.Csv => "CSV",
        ImportFormats.Ndjson => "NDJSON",
        _ => "Parquet",
    };

    /// <summary>How many values differ; what is an estimate says so, and shows no more digits than it knows.</summary>
    public static string Distinct(ColumnProfile column)
    {
        if (column.Rows <= TableProfiler.CountedRows || column.Distinct <= 1000) return Shell.Format.Count(column.Distinct);
        var unit = (long)Math.Pow(10, Math.Floor(Math.Log10(column.Distinct)) - 1);
        return $"≈ {Shell.Format.Count((column.Distinct + (unit / 2)) / unit * unit)}";
    }

    /// <summary>How the rows changed since the version before; empty where there is none.</summary>
    public static string Since(DatasetVersionView version, DatasetVersionView? before)
    {
        if (before is null) return "";
        if (before.Digest == version.Digest) return $"; the same bytes as version {before.Version}, typed otherwise";
        var more = version.Rows - before.Rows;
        return more == 0
            ? $"; as many rows as version {before.Version}"
            : $"; {Shell.Format.Count(Math.Abs(more), "row")} {(more > 0 ? "more" : "fewer")} than version {before.Version}";
    }

    /// <summary>What changed since the version before, in one line: rows, columns that came, went or have another type.</summary>
    public static string Change(DatasetVersionView version, DatasetVersionView? before)
    {
        if (version.Version == 1) return "the first";
        if (before is null) return Shell.Format.Unknown;
        var old = before.Columns.ToDictionary(c => c.Name, c => c.Type, StringComparer.Ordinal);
        List<string> parts =
        [
            .. Named("new", [.. version.Columns.Where(c => !old.ContainsKey(c.Name)).Select(c => c.Name)]),
            .. Named("gone", [.. old.Keys.Except(version.Columns.Select(c => c.Name), StringComparer.Ordinal)]),
            .. Named("of another type", [.. version.Columns.Where(c => old.TryGetValue(c.Name, out var type) && type != c.Type).Select(c => c.Name)]),
        ];
        var more = version.Rows - before.Rows;
        if (more != 0) parts.Insert(0, $"{(more > 0 ? "+" : "−")}{Shell.Format.Count(Math.Abs(more), "row")}");
        return parts.Count == 0 ? before.Digest == version.Digest ? "the same bytes" : "as many rows, the same columns" : string.Join("; ", parts);
    }

    /// <summary>What a column holds, for people.</summary>
    public static string TypeOf(ColumnProfile column) => column.Type switch
    {
        ColumnTypes.Boolean => "yes / no",
        ColumnTypes.Timestamp => "time, UTC",
        ColumnTypes.Text when column.MedianWords is null && column.Top.Count > 0 && column.Distinct <= 0.5 * column.Rows => "category",
        var type => type,
    };

    /// <summary>The least, the middle and the greatest value; for yes and no the share of yes.</summary>
    public static string Extent(ColumnProfile column)
    {
        if (column.Min is null) return Shell.Format.Unknown;
        return column.Type switch
        {
            ColumnTypes.Boolean => $"{Shell.Format.Percent(Share(column, "true"))} yes",
            ColumnTypes.Integer => Range(column, Math.Round(column.Quantiles?[2] ?? double.NaN)),
            ColumnTypes.Number => Range(column, column.Quantiles?[2]),
            ColumnTypes.Timestamp or ColumnTypes.Date => Times(column),
            _ when column.MedianWords is not null => Shell.Format.Unknown,
            _ => Same(Shell.Format.MiddleCut(column.Min, 24), Shell.Format.MiddleCut(column.Max!, 24)),
        };
    }

    public static double Share(ColumnProfile column, string value) =>
        column.Rows == column.Missing ? 0 : (column.Top.FirstOrDefault(t => t.Value == value)?.Count ?? 0) / (double)(column.Rows - column.Missing);

    private static string Range(ColumnProfile column, double? median) => $"{Number(column.Min!)} · {Shell.Format.Number(median)} · {Number(column.Max!)}";

    /// <summary>To the day where they lie days apart.</summary>
    private static string Times(ColumnProfile column)
    {
        var (least, most) = (When(column.Min!), When(column.Max!));
        var form = column.Type == ColumnTypes.Date || most - least > TimeSpan.FromDays(3) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm";
        string[] all = [Text(least), .. column.Quantiles is { } quantiles ? new[] { Text(DateTimeOffset.UnixEpoch.AddMicroseconds(quantiles[2])) } : [], Text(most)];
        return column.Min == column.Max ? all[0] : string.Join(" · ", all);
        string Text(DateTimeOffset at) => at.ToString(form, CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset When(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static string Number(string text) => Shell.Format.Number(double.Parse(text, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Named(string what, List<string> columns)
    {
        if (columns.Count > 0) yield return $"{string.Join(", ", columns.Take(2).Select(c => Shell.Format.MiddleCut(c, 28)))}{(columns.Count > 2 ? $" and {columns.Count - 2} more" : "")} {what}";
    }

    private static string Same(string from, string to) => from == to ? from : $"{from} · {to}";
}
