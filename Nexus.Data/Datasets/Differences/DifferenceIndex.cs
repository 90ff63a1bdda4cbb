using DuckDB.NET.Data;

namespace Nexus.Data.Datasets.Differences;

/// <summary>
/// Which rows differ, as a small Parquet file: kind (0 added, 1 removed, 2 changed) and the rows' numbers. Made once per pair of versions and
/// key, which never change.
/// </summary>
internal sealed class DifferenceIndex(DuckDBConnection connection, VersionPair pair, IReadOnlyList<string> key, CancellationToken ct)
{
    private const int ColumnsPerPass = 24;

    public async Task WriteAsync(string file)
    {
        var rest = pair.Common.Except(key, StringComparer.Ordinal).ToList();
        await RowsAsync("before_rows", pair.BeforeTable, rest);
        await RowsAsync("now_rows", pair.NowTable, rest);
        // Without a key the first of some equal rows is matched with the first of the other version's, and so on.
        var same = key.Count == 0 ? "b.h = n.h AND b.k = n.k" : string.Join(" AND ", key.Select((_, i) => $"b.k{i} IS NOT DISTINCT FROM n.k{i}"));
        var differs = key.Count == 0 ? "" : " OR b.h <> n.h";
        await TableEngine.ExecuteAsync(
            connection,
            $"""
            COPY (
              SELECT CASE WHEN b.r IS NULL THEN 0 WHEN n.r IS NULL THEN 1 ELSE 2 END AS kind, b.r AS b, n.r AS n, coalesce(n.r, b.r) AS place
              FROM before_rows b FULL JOIN now_rows n ON {same}
              WHERE b.r IS NULL OR n.r IS NULL{differs}
              ORDER BY kind, place) TO {TableEngine.Literal(file)} (FORMAT parquet)
            """,
            ct);
    }

    public static Task<(long Added, long Removed, long Changed)> CountAsync(DuckDBConnection connection, string file, CancellationToken ct) => TableEngine.QueryAsync(
        connection,
        $"SELECT count(*) FILTER (WHERE kind = 0), count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2) FROM read_parquet({TableEngine.Literal(file)})",
        reader => reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)) : default,
        ct);

    /// <summary>In how many of the changed rows each column has another value.</summary>
    public async Task<List<ColumnDifference>> ChangesAsync(string file, long changed)
    {
        var columns = pair.Common.Except(key, StringComparer.Ordinal).ToList();
        if (changed == 0) return [.. columns.Select(c => new ColumnDifference(c, 0))];
        var result = new List<ColumnDifference>();
        foreach (var some in columns.Chunk(ColumnsPerPass))
        {
            var list = string.Join(", ", some.Select(c => $"count(*) FILTER (WHERE {pair.Value(c, "b.")} IS DISTINCT FROM {pair.Value(c, "n.")})"));
            result.AddRange(await TableEngine.QueryAsync(
                connection,
                $"""
                SELECT {list} FROM (SELECT b, n FROM read_parquet({TableEngine.Literal(file)}) WHERE kind = 2) i
                JOIN {pair.BeforeTable} b ON b.file_row_number = i.b JOIN {pair.NowTable} n ON n.file_row_number = i.n
                """,
                reader => reader.Read() ? some.Select((c, i) => new ColumnDifference(c, reader.GetInt64(i))).ToList() : [],
                ct));
        }

        return result;
    }

    private Task<int> RowsAsync(string name, string table, List<string> rest)
    {
        var columns = key.Count == 0
            ? $"{pair.Hash(pair.Common)} AS h, row_number() OVER (PARTITION BY {pair.Hash(pair.Common)} ORDER BY file_row_number) AS k"
            : $"{string.Join(", ", key.Select((c, i) => $"{pair.Value(c)} AS k{i}"))}, {pair.Hash(rest)} AS h";
        return TableEngine.ExecuteAsync(connection, $"CREATE TEMP TABLE {name} AS SELECT file_row_number AS r, {columns} FROM {table}", ct);
    }
}
