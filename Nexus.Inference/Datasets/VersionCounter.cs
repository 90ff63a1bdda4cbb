using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using Nexus.Data.Datasets;

namespace Nexus.Inference.Datasets;

/// <summary>
/// Counts the rows of two versions over the same bins, by DuckDB; a connection of its own, for one comparison. Where there are very many
/// rows, some 200,000 are drawn by a fixed hash of their number: with as many, chance is far below the floor of what counts as drift.
/// </summary>
internal sealed class VersionCounter(DuckDBConnection connection, string before, string now, CancellationToken ct)
{
    private const int ColumnsPerPass = 48;
    private const long DrawnRows = 200_000;

    /// <summary>Beyond so many rows the same ones are not looked for.</summary>
    private const long MatchedRows = 20_000_000;

    private readonly string _before = Table(before);
    private readonly string _now = Table(now);

    /// <summary>Finds the rows of the new version that the other has not.</summary>
    /// <returns>How many rows of the new version the other has too; null where rows cannot be told apart, so that it does not say.</returns>
    public async Task<long?> MatchAsync(IReadOnlyList<string> columns, long rowsBefore, long rowsNow)
    {
        if (columns.Count == 0 || rowsBefore == 0 || rowsNow == 0 || Math.Max(rowsBefore, rowsNow) > MatchedRows) return null;
        var hash = $"hash({string.Join(", ", columns.Select(TableEngine.Identifier))})";
        await TableEngine.ExecuteAsync(connection, $"CREATE TEMP TABLE before_rows AS SELECT DISTINCT {hash} AS h FROM {_before}", ct);
        await TableEngine.ExecuteAsync(connection, $"CREATE TEMP TABLE now_rows AS SELECT {hash} AS h, file_row_number AS n FROM {_now}", ct);
        await TableEngine.ExecuteAsync(connection, "CREATE TEMP TABLE new_rows AS SELECT n FROM now_rows WHERE h NOT IN (SELECT h FROM before_rows)", ct);
        var (added, distinctBefore, distinctNow) = await TableEngine.QueryAsync(
            connection,
            "SELECT (SELECT count(*) FROM new_rows), (SELECT count(*) FROM before_rows), (SELECT count(DISTINCT h) FROM now_rows)",
            reader => reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)) : default,
            ct);
        // Where rows repeat by chance, the rows that are new are no fair draw of what came.
        return distinctBefore < 0.99 * rowsBefore || distinctNow < 0.99 * rowsNow ? null : rowsNow - added;
    }

    /// <summary>Of the rows that <see cref="MatchAsync"/> found.</summary>
    public Task<List<ColumnTallies>> CountNewAsync(IReadOnlyList<ComparedColumn> columns, long added) =>
        CountAsync(columns, $"(SELECT * FROM {_now} WHERE file_row_number IN (SELECT n FROM new_rows WHERE {Drawn("n", added)}))", exact: false);

    /// <summary>Deciles of the other version, without repeats.</summary>
    public async Task<List<ComparedColumn>> WithEdgesAsync(IReadOnlyList<ComparedColumn> columns, long rowsBefore)
    {
        var result = columns.ToList();
        var ranked = Enumerable.Range(0, columns.Count).Where(i => columns[i].Scale is ColumnScale.Number or ColumnScale.Length).ToList();
        foreach (var some in ranked.Chunk(ColumnsPerPass))
        {
            var list = string.Join(", ", some.Select(i => $"CAST(to_json(quantile_disc({columns[i].Number()}, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])) AS VARCHAR), max({columns[i].Number()})"));
            await TableEngine.QueryAsync(
                connection,
                $"SELECT {list} FROM {_before} WHERE {Drawn("file_row_number", rowsBefore)}",
                reader =>
                {
                    reader.Read();
                    for (var k = 0; k < some.Length; k++)
                    {
                        if (reader.IsDBNull(2 * k)) result[some[k]] = result[some[k]] with { Edges = [] };
                        else result[some[k]] = result[some[k]] with { Edges = EdgesOf(JsonSerializer.Deserialize<double[]>(reader.GetString(2 * k))!, reader.GetDouble((2 * k) + 1)) };
                    }

                    return 0;
                },
                ct);
        }

        return result;
    }

    public Task<List<ColumnTallies>> CountBeforeAsync(IReadOnlyList<ComparedColumn> columns, long rows) =>
        WithValuesAsync(columns, $"(SELECT * FROM {_before} WHERE {Drawn("file_row_number", rows)})", _before, rows, column => column.Before);

    public Task<List<ColumnTallies>> CountNowAsync(IReadOnlyList<ComparedColumn> columns, long rows) =>
        WithValuesAsync(columns, $"(SELECT * FROM {_now} WHERE {Drawn("file_row_number", rows)})", _now, rows, column => column.Now);

    private static string Table(string path) => $"read_parquet({TableEngine.Literal(path)}, file_row_number = true)";

    /// <summary>A column of one value has a bin below it and one above, or it could never be seen to change.</summary>
    private static double[] EdgesOf(double[] deciles, double most)
    {
        double[] edges = [.. deciles.Where(d => d < most).Distinct().Order()];
        var margin = Math.Max(Math.Abs(most) * 1e-9, 1e-9);
        return edges.Length > 0 ? edges : [most - margin, most + margin];
    }

    private static string Drawn(string number, long rows) => rows <= DrawnRows ? "true" : $"hash({number}) % {(rows + DrawnRows - 1) / DrawnRows} = 0";

    /// <summary>Categories are counted over all rows, for a rare new one counts too; where the profile has them all, they are known.</summary>
    private async Task<List<ColumnTallies>> WithValuesAsync(
        IReadOnlyList<ComparedColumn> columns, string drawn, string all, long rows, Func<ComparedColumn, ColumnProfile> profileOf)
    {
        var tallies = await CountAsync(columns, drawn, exact: true);
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Scale != ColumnScale.Category) continue;
            var profile = profileOf(columns[i]);
            var values = profile.Top.Count >= profile.Distinct
                ? profile.Top.ToDictionary(t => t.Value, t => t.Count, StringComparer.Ordinal)
                : (await CountAsync([columns[i]], all, exact: false))[0].Values!;
            tallies[i] = new(rows, profile.Missing, null, null, values);
        }

        return tallies;
    }

    /// <param name="exact">Categories are counted apart.</param>
    private async Task<List<ColumnTallies>> CountAsync(IReadOnlyList<ComparedColumn> columns, string table, bool exact)
    {
        var result = new List<ColumnTallies>(columns.Count);
        foreach (var some in columns.Chunk(ColumnsPerPass))
        {
            var list = string.Join(", ", some.Select(column => exact && column.Scale == ColumnScale.Category ? "0, NULL, NULL" : Counts(column)));
            result.AddRange(await TableEngine.QueryAsync(connection, $"SELECT count(*), {list} FROM {table}", reader => Read(reader, some), ct));
        }

        return result;
    }

    private static string Counts(ComparedColumn column)
    {
        var missing = $"count(*) - count({TableEngine.Identifier(column.Name)})";
        var bins = column.Edges is null ? "NULL" : Map(column.Bin());
        var shape = column.Scale == ColumnScale.Category ? Map(column.Category()) : Range(column) is var (low, high) && column.ShapeBin(low, high) is { } bin ? Map(bin) : "NULL";
        return $"{missing}, {bins}, {shape}";
    }

    private static string Map(string value) => $"CAST(to_json(histogram({value})) AS VARCHAR)";

    private static (double Low, double High)? Range(ComparedColumn column)
    {
        var ends = new[] { column.Before.Min, column.Before.Max, column.Now.Min, column.Now.Max }.OfType<string>().Select(v => column.Scale switch
        {
            ColumnScale.Number or ColumnScale.Identifier => double.Parse(v, CultureInfo.InvariantCulture),
            ColumnScale.Time => ColumnTimes.Microseconds(v),
            _ => double.NaN,
        }).Where(double.IsFinite).ToList();
        return ends.Count == 0 ? null : (ends.Min(), ends.Max());
    }

    private static List<ColumnTallies> Read(DuckDBDataReader reader, ComparedColumn[] columns)
    {
        reader.Read();
        var rows = reader.GetInt64(0);
        return [.. columns.Select((column, i) =>
        {
            var at = 1 + (3 * i);
            var missing = reader.GetInt64(at);
            var third = reader.IsDBNull(at + 2) ? null : JsonSerializer.Deserialize<Dictionary<string, long>>(reader.GetString(at + 2));
            var category = column.Scale == ColumnScale.Category;
            return new ColumnTallies(
                rows, missing,
                column.Edges is null ? null : [.. Dense(reader, at + 1, column.Edges.Count + 1), missing],
                category || third is null ? null : Dense(third, ComparedColumn.ShapeBins),
                category ? third ?? [] : null);
        })];
    }

    private static long[] Dense(DuckDBDataReader reader, int at, int bins) =>
        reader.IsDBNull(at) ? new long[bins] : Dense(JsonSerializer.Deserialize<Dictionary<string, long>>(reader.GetString(at))!, bins);

    private static long[] Dense(Dictionary<string, long> counts, int bins)
    {
        var dense = new long[bins];
        foreach (var (bin, count) in counts) dense[int.Parse(bin, CultureInfo.InvariantCulture)] = count;
        return dense;
    }
}
