namespace Nexus.Data.Datasets;

/// <summary>The types that a column can have, and what each is in DuckDB and Parquet.</summary>
public static class ColumnTypes
{
    public const string Integer = "integer";
    public const string Number = "number";
    public const string Boolean = "boolean";
    public const string Text = "text";

    /// <summary>UTC, to the microsecond; a text without a zone is taken as UTC.</summary>
    public const string Timestamp = "timestamp";
    public const string Date = "date";

    public static IReadOnlyList<string> All { get; } = [Integer, Number, Boolean, Text, Timestamp, Date];

    public static bool IsNumeric(string type) => type is Integer or Number;

    public static bool IsTime(string type) => type is Timestamp or Date;

    /// <summary>The DuckDB type that holds it.</summary>
    public static string Sql(string type) => type switch
    {
        Integer => "BIGINT",
        Number => "DOUBLE",
        Boolean => "BOOLEAN",
        Text => "VARCHAR",
        Timestamp => "TIMESTAMP",
        Date => "DATE",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a column type."),
    };
}
