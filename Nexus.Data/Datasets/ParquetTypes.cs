namespace Nexus.Data.Datasets;

/// <summary>How the types of Parquet files, as DuckDB names them, become ours.</summary>
internal static class ParquetTypes
{
    /// <summary>Null where the type cannot be kept.</summary>
    public static string? Infer(string type) => type switch
    {
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" => ColumnTypes.Integer,
        "UBIGINT" or "HUGEINT" or "UHUGEINT" or "FLOAT" or "DOUBLE" => ColumnTypes.Number,
        "BOOLEAN" => ColumnTypes.Boolean,
        "DATE" => ColumnTypes.Date,
        "VARCHAR" or "UUID" or "JSON" or "TIME" or "TIME WITH TIME ZONE" or "TIME_NS" or "INTERVAL" => ColumnTypes.Text,
        "BLOB" or "BIT" or "GEOMETRY" => null,
        _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) => ColumnTypes.Number,
        _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) && !IsNested(type) => ColumnTypes.Timestamp,
        _ when type.StartsWith("ENUM", StringComparison.Ordinal) || IsNested(type) => ColumnTypes.Text,
        _ => null,
    };

    /// <summary>The value of a source column as one of our types.</summary>
    public static string Cast(string column, string sourceType, string type) =>
        type == ColumnTypes.Text && IsNested(sourceType)
            ? $"CAST(to_json({column}) AS VARCHAR)"
            : $"CAST({column} AS {ColumnTypes.Sql(type)})";

    /// <summary>True where a value is there that cannot be read as the type asked for.</summary>
    public static string Misfit(string column, string sourceType, string type)
    {
        var misfit = $"{column} IS NOT NULL AND TRY_CAST({column} AS {ColumnTypes.Sql(type)}) IS NULL";
        return type == ColumnTypes.Integer && Infer(sourceType) == ColumnTypes.Number
            ? $"{misfit} OR isfinite(CAST({column} AS DOUBLE)) AND CAST({column} AS DOUBLE) <> trunc(CAST({column} AS DOUBLE))"
            : misfit;
    }

    /// <summary>True for a time before year 1, after year 9999 or infinite.</summary>
    public static string OutOfTime(string column) =>
        $"CAST({column} AS TIMESTAMP) NOT BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999999'";

    public static bool IsNested(string type) =>
        type.EndsWith(']') || type.StartsWith("STRUCT", StringComparison.Ordinal) || type.StartsWith("MAP", StringComparison.Ordinal) || type == "VARIANT";
}
