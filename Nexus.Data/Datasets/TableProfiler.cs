using System.Text.Json;
using DuckDB.NET.Data;

namespace Nexus.Data.Datasets;

/// <summary>
/// Says what a table holds, column by column: counts and ends by what the file itself says of them, figures of numbers and times in one
/// pass, and a grouping where values repeat.
/// </summary>
public sealed class TableProfiler(TableEngine tables)
{
    private const int ColumnsPerPass = 64;
    private const int TopValues = 20;

    /// <summary>Up to so many distinct values they are counted exactly, all columns in one pass.</summary>
    private const long FewValues = 1000;

    /// <summary>In tables of up to so many rows, distinct values are counted; in longer ones estimated (HyperLogLog), a tenth off at worst.</summary>
    public const long CountedRows = 200_000;

    /// <summary>
    /// In tables of up to so many rows they are counted in a list of the column's values: the engine's own count of each column takes
    /// milliseconds to set up. Not of texts, which can be long.
    /// </summary>
    private const long ListedRows = 10_000;

    /// <summary>Beyond so many distinct texts, none is frequent enough to be worth the memory of counting all.</summary>
    private const long CountedTexts = 1_000_000;
    private const int TextLength = 200;

    /// <param name="parquetPath">A Parquet file whose columns have the types that <paramref name="columns"/> says.</param>
    public async Task<IReadOnlyList<ColumnProfile>> ProfileAsync(
        string parquetPath, IReadOnlyList<DatasetColumn> columns, CancellationToken ct)
    {
        using var connection = tables.Open();
        await TableEngine.ExecuteAsync(connection, "SET parquet_metadata_cache = true", ct);
        var table = $"read_parquet({TableEngine.Literal(parquetPath)})";
        var rows = await TableEngine.QueryAsync(connection, $"SELECT count(*) FROM {table}", reader => reader.Read() ? reader.GetInt64(0) : 0, ct);
        var profiles = new List<ColumnProfile>(columns.Count);
        foreach (var some in columns.Chunk(ColumnsPerPass))
        {
            var counted = await CountAsync(connection, table, some, rows, ct);
            await FigureAsync(connection, parquetPath, counted, rows, ct);
            foreach (var profile in await FewAsync(connection, table, counted, ct))
                profiles.Add(IsCountable(profile) ? await TopAsync(connection, table, profile, ct) : profile);
        }

        return profiles;
    }

    /// <summary>
    /// Present values, the ends and the distinct ones. Of numbers and times the file's own statistics tell all but the last, if nothing is
    /// asked along with them that needs the values: so those two are asked apart, and the last is left to the pass over them.
    /// </summary>
    private static async Task<List<ColumnProfile>> CountAsync(DuckDBConnection connection, string table, DatasetColumn[] columns, long rows, CancellationToken ct)
    {
        var counted = rows <= CountedRows;
        var told = columns.Where(c => !counted && IsFigured(c.Type)).ToArray();
        var profiles = new List<ColumnProfile>(columns.Length);
        if (told.Length > 0) profiles.AddRange(await CountAsync(connection, table, told, rows, _ => "NULL::BIGINT", ct));
        if (told.Length < columns.Length)
            profiles.AddRange(await CountAsync(connection, table, [.. columns.Except(told)], rows, column => Distinct(column, rows), ct));
        var places = columns.Select((c, i) => (c.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        return [.. profiles.OrderBy(p => places[p.Name])];
    }

    private static string Distinct(DatasetColumn column, long rows)
    {
        var c = TableEngine.Identifier(column.Name);
        if (rows > CountedRows) return $"approx_count_distinct({c})";
        return rows <= ListedRows && column.Type != ColumnTypes.Text ? $"CAST(list_unique(list({c})) AS BIGINT)" : $"count(DISTINCT {c})";
    }

    private static Task<List<ColumnProfile>> CountAsync(
        DuckDBConnection connection, string table, DatasetColumn[] columns, long rows, Func<DatasetColumn, string> distinct, CancellationToken ct)
    {
        var list = string.Join(", ", columns.Select(column =>
        {
            var c = TableEngine.Identifier(column.Name);
            var cut = column.Type == ColumnTypes.Text ? ("left(", $", {TextLength})") : ("", "");
            return $"count({c}), {distinct(column)}, {cut.Item1}min({c}){cut.Item2}, {cut.Item1}max({c}){cut.Item2}";
        }));
        return TableEngine.QueryAsync(connection, $"SELECT {list} FROM {table}", reader => ReadCounts(reader, columns, rows), ct);
    }

    private static List<ColumnProfile> ReadCounts(DuckDBDataReader reader, DatasetColumn[] columns, long rows)
    {
        reader.Read();
        return [.. columns.Select((column, i) =>
        {
            var at = 4 * i;
            var present = reader.GetInt64(at);
            return new ColumnProfile(
                column.Name, column.Type, rows, rows - present, reader.IsDBNull(at + 1) ? 0 : Math.Min(reader.GetInt64(at + 1), present),
                TableValues.Text(TableValues.Read(reader, at + 2, column.Type)),
                TableValues.Text(TableValues.Read(reader, at + 3, column.Type)),
                null, null, null, null, []);
        })];
    }

    /// <summary>Fills in what numbers, times and the words of free texts have.</summary>
    private static async Task FigureAsync(DuckDBConnection connection, string parquetPath, List<ColumnProfile> profiles, long rows, CancellationToken ct)
    {
        var places = Enumerable.Range(0, profiles.Count).Where(i => IsFigured(profiles[i].Type) || IsFreeText(profiles[i])).ToList();
        if (places.Count == 0) return;
        var figures = places.ConvertAll(i => new ColumnFigures(profiles[i], sketched: rows > CountedRows && IsFigured(profiles[i].Type)));
        await new FigureReader(figures).ReadAsync(connection, parquetPath, rows, ct);
        for (var i = 0; i < places.Count; i++) profiles[places[i]] = figures[i].Complete();
    }

    private static bool IsFigured(string type) => ColumnTypes.IsNumeric(type) || ColumnTypes.IsTime(type);

    private static bool IsFreeText(ColumnProfile profile) => profile is { Type: ColumnTypes.Text, Distinct: > FewValues };

    /// <summary>The values of columns that have few, with their counts.</summary>
    private static async Task<List<ColumnProfile>> FewAsync(
        DuckDBConnection connection, string table, List<ColumnProfile> profiles, CancellationToken ct)
    {
        var few = Enumerable.Range(0, profiles.Count)
            .Where(i => profiles[i].Distinct is > 0 and <= FewValues && !ColumnTypes.IsTime(profiles[i].Type)).ToList();
        if (few.Count == 0) return profiles;
        var list = string.Join(", ", few.Select(i => $"CAST(to_json(histogram(CAST({Key(profiles[i])} AS VARCHAR))) AS VARCHAR)"));
        return await TableEngine.QueryAsync(
            connection,
            $"SELECT {list} FROM {table}",
            reader =>
            {
                reader.Read();
                for (var i = 0; i < few.Count; i++)
                {
                    var counts = JsonSerializer.Deserialize<Dictionary<string, long>>(reader.GetString(i))!;
                    var top = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(TopValues);
                    profiles[few[i]] = profiles[few[i]] with { Distinct = counts.Count, Top = [.. top.Select(c => new ValueCount(c.Key, c.Value))] };
                }

                return profiles;
            },
            ct);
    }

    private static bool IsCountable(ColumnProfile profile) =>
        profile is { Type: ColumnTypes.Text, Top: [], Distinct: > FewValues and <= CountedTexts };

    private static Task<ColumnProfile> TopAsync(DuckDBConnection connection, string table, ColumnProfile profile, CancellationToken ct) =>
        TableEngine.QueryAsync(
            connection,
            $"SELECT {Key(profile)} AS v, count(*) AS n FROM {table} WHERE v IS NOT NULL GROUP BY v ORDER BY n DESC, v LIMIT {TopValues}",
            reader =>
            {
                var values = new List<ValueCount>();
                while (reader.Read()) values.Add(new(reader.GetString(0), reader.GetInt64(1)));
                return profile with { Top = values };
            },
            ct);

    private static string Key(ColumnProfile profile)
    {
        var c = TableEngine.Identifier(profile.Name);
        return profile.Type == ColumnTypes.Text ? $"left({c}, {TextLength})" : c;
    }
}
