using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using Nexus.Data.Storage;

namespace Nexus.Data.Datasets.Rows;

/// <summary>All rows of a version, page by page, filtered and sorted by a column. A page costs one pass over those two columns at most.</summary>
public sealed class RowReader(DatasetCatalog catalog, TableEngine tables, BlobStore blobs)
{
    private const int MaxText = 1000;
    private const int MaxCells = 200_000;
    private const int MaxFilter = 1000;
    private static readonly BigInteger MaxWhole = BigInteger.One << 127; // that HUGEINT holds

    /// <param name="sort">A column, with a minus before it for the largest first; null for the file's order. Missing values come last.</param>
    /// <exception cref="RefusedException">NotFound, Invalid, Malformed.</exception>
    public async Task<Page<TableRow>> ReadAsync(DatasetRef dataset, string? sort, RowFilter? filter, PageRequest page, CancellationToken ct)
    {
        var version = await catalog.GetAsync(dataset, ct);
        var table = $"read_parquet({TableEngine.Literal(await blobs.FetchAsync(version.ParquetDigest, ct))}, file_row_number = true)";
        var size = Math.Clamp(MaxCells / Math.Max(1, version.Columns.Count), 1, page.Size);
        var after = After(page.Token);
        using var connection = tables.Join();
        var numbers = string.IsNullOrEmpty(sort) && filter is null
            ? Plain(after, size, version.Rows)
            : await FoundAsync(connection, Query(version, table, sort, filter, after, size), ct);
        var next = numbers.Count > size ? Keyset.EncodeText(numbers[size - 1].ToString(CultureInfo.InvariantCulture)) : null;
        numbers = [.. numbers.Take(size)];
        if (numbers.Count == 0) return new([], null);
        var rows = await CellsAsync(connection, version.Columns, table, numbers, ct);
        return new([.. numbers.Select(n => new TableRow(n + 1, rows[n]))], next);
    }

    private static List<long> Plain(long? after, int size, long rows)
    {
        var first = after + 1 ?? 0;
        return [.. Enumerable.Range(0, (int)Math.Clamp(rows - first, 0, size + 1)).Select(i => first + i)];
    }

    private static string Query(DatasetVersionView version, string table, string? sort, RowFilter? filter, long? after, int size)
    {
        var where = new List<string>();
        if (filter is not null) where.Add(Condition(Column(version, filter.Column, "filter"), filter));
        if (string.IsNullOrEmpty(sort))
        {
            if (after is not null) where.Add($"file_row_number > {after}");
            return $"SELECT file_row_number FROM {table} WHERE {string.Join(" AND ", where)} ORDER BY file_row_number LIMIT {size + 1}";
        }

        var descending = sort[0] == '-' && version.Columns.All(c => c.Name != sort);
        var by = TableEngine.Identifier(Column(version, descending ? sort[1..] : sort, "sort").Name);
        if (after is not null)
        {
            // The last row's own value: a token need not carry a long text.
            var last = $"(SELECT {by} FROM {table} WHERE file_row_number = {after})";
            where.Add($"CASE WHEN {last} IS NULL THEN {by} IS NULL AND file_row_number > {after} ELSE {by} IS NULL OR {by} {(descending ? "<" : ">")} {last} OR ({by} = {last} AND file_row_number > {after}) END");
        }

        return $"SELECT file_row_number FROM {table}{(where.Count == 0 ? "" : $" WHERE {string.Join(" AND ", where)}")} ORDER BY {by} {(descending ? "DESC" : "ASC")} NULLS LAST, file_row_number LIMIT {size + 1}";
    }

    private static DatasetColumn Column(DatasetVersionView version, string name, string field) =>
        version.Columns.FirstOrDefault(c => c.Name == name) ?? throw Refused.Invalid(field, $"Version {version.Version} has no column '{name}'.");

    private static string Condition(DatasetColumn column, RowFilter filter)
    {
        var c = TableEngine.Identifier(column.Name);
        if (filter.Value.Length > MaxFilter || filter.Value.Contains('\0', StringComparison.Ordinal)) throw Refused.Invalid("filter", $"A filter's value has at most {MaxFilter:N0} characters.");
        return filter.Operator switch
        {
            RowOperator.Missing => $"{c} IS NULL",
            RowOperator.Present => $"{c} IS NOT NULL",
            RowOperator.Contains => $"contains(lower(CAST({c} AS VARCHAR)), lower({TableEngine.Literal(filter.Value)}))",
            var compared => $"{c} {compared switch { RowOperator.Equals => "=", RowOperator.AtLeast => ">=", _ => "<=" }} {Typed(column, filter.Value)}",
        };
    }

    private static string Typed(DatasetColumn column, string value)
    {
        var fits = column.Type switch
        {
            ColumnTypes.Integer or ColumnTypes.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
            ColumnTypes.Boolean => value.ToLowerInvariant() is "true" or "false",
            ColumnTypes.Timestamp or ColumnTypes.Date => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
            _ => true,
        };
        if (!fits) throw Refused.Invalid("filter", $"'{value}' is no {column.Type}, which {column.Name} is.");
        return column.Type switch
        {
            // As a double a large whole number would be its neighbour, too.
            ColumnTypes.Integer when BigInteger.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && BigInteger.Abs(whole) < MaxWhole => $"{whole}::HUGEINT",
            ColumnTypes.Integer or ColumnTypes.Number => $"{double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)}::DOUBLE",
            ColumnTypes.Timestamp or ColumnTypes.Date =>
                $"TIMESTAMP '{DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}'",
            _ => $"CAST({TableEngine.Literal(value)} AS {ColumnTypes.Sql(column.Type)})",
        };
    }

    private static long? After(string? token) =>
        token is null ? null
        : long.TryParse(Keyset.DecodeText(token), NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after
        : throw Refused.Malformed("pageToken is not a token of this list.");

    private static Task<List<long>> FoundAsync(DuckDBConnection connection, string sql, CancellationToken ct) => TableEngine.QueryAsync(
        connection,
        sql,
        reader =>
        {
            var numbers = new List<long>();
            while (reader.Read()) numbers.Add(reader.GetInt64(0));
            return numbers;
        },
        ct);

    private static Task<Dictionary<long, object?[]>> CellsAsync(
        DuckDBConnection connection, IReadOnlyList<DatasetColumn> columns, string table, List<long> numbers, CancellationToken ct) => TableEngine.QueryAsync(
        connection,
        $"""
        SELECT file_row_number, {string.Join(", ", columns.Select(c => TableValues.Shown(c, MaxText)))} FROM {table}
        WHERE file_row_number BETWEEN {numbers.Min()} AND {numbers.Max()} AND file_row_number IN ({string.Join(", ", numbers)})
        """,
        reader =>
        {
            var rows = new Dictionary<long, object?[]>();
            while (reader.Read()) rows[reader.GetInt64(0)] = [.. columns.Select((c, i) => TableValues.Read(reader, i + 1, c.Type))];
            return rows;
        },
        ct);
}
