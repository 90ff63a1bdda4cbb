using System.Globalization;
using DuckDB.NET.Data;

namespace Nexus.Data.Datasets;

/// <summary>Cells of a table as JSON and pages have them.</summary>
internal static class TableValues
{
    /// <summary>long, double, bool or string (times in ISO 8601); null where missing.</summary>
    public static object? Read(DuckDBDataReader reader, int column, string type)
    {
        if (reader.IsDBNull(column)) return null;
        return type switch
        {
            ColumnTypes.Integer => reader.GetInt64(column),
            ColumnTypes.Number => reader.GetDouble(column),
            ColumnTypes.Boolean => reader.GetBoolean(column),
            ColumnTypes.Timestamp => Iso(reader.GetDateTime(column)),
            ColumnTypes.Date => reader.GetFieldValue<DateOnly>(column).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => reader.GetString(column),
        };
    }

    /// <summary>The column as it is read to be shown: a long text is cut and ends in an ellipsis.</summary>
    public static string Shown(DatasetColumn column, int maxText)
    {
        var c = TableEngine.Identifier(column.Name);
        return column.Type == ColumnTypes.Text ? $"CASE WHEN length({c}) > {maxText} THEN left({c}, {maxText}) || '…' ELSE {c} END" : c;
    }

    public static string? Text(object? value) => value switch
    {
        null => null,
        bool b => b ? "true" : "false",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Iso(DateTime time) => time.ToString(
        time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
