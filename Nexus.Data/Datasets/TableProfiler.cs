using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Nexus.Data.Datasets;

/// <summary>Says what a table holds, column by column: one pass for counts, one for quantiles, one for shapes, and a grouping where values repeat.</summary>
public sealed class TableProfiler(TableEngine tables)
{
    private const int ColumnsPerPass = 64;
    private const int Bins = 30;
    private const int TopValues = 20;

    /// <summary>Up to so many distinct values they are counted exactly, all columns in one pass.</summary>
    private const long FewValues = 1000;

    /// <summary>In tables of up to so many rows, distinct values are counted; in longer ones estimated (HyperLogLog), a tenth off at worst.</summary>
    public const long CountedRows = 200_000;

    /// <summary>Beyond so many distinct texts, none is frequent enough to be worth the memory of counting all.</summary>
    private const long CountedTexts = 1_000_000;
    private const int TextLength = 200;

    /// <summary>About so many rows the quantiles are taken of; their rank is then right to 0.3 %.</summary>
    private const long RankedRows = 100_000;

    /// <param name="parquetPath">A Parquet file whose columns have the types that <paramref name="columns"/> says.</param>
    public async Task<IReadOnlyList<ColumnProfile>> ProfileAsync(
        string parquetPath, IReadOnlyList<DatasetColumn> columns, CancellationToken ct)
    {
        using var connection = tables.Open();
        await TableEngine.ExecuteAsync(connection, "SET parquet_metadata_cache = true", ct);
        var table = $"read_parquet({TableEngine.Literal(parquetPath)})";
        var counts = await TableEngine.QueryAsync(connection, $"SELECT count(*) FROM {table}", IsCounted, ct);
        var profiles = new List<ColumnProfile>(columns.Count);
        foreach (var some in columns.Chunk(ColumnsPerPass))
        {
            var counted = await CountAsync(connection, table, some, counts, ct);
            var ranked = await RankAsync(connection, parquetPath, counted, ct);
            var shaped = await ShapeAsync(connection, table, ranked, ct);
            foreach (var profile in await FewAsync(connection, table, shaped, ct))
                profiles.Add(IsCountable(profile) ? await TopAsync(connection, table, profile, ct) : profile);
        }

        return profiles;
    }

    private static bool IsCounted(DuckDBDataReader reader) => reader.Read() && reader.GetInt64(0) <= CountedRows;

    private static Task<List<ColumnProfile>> CountAsync(DuckDBConnection connection, string table, DatasetColumn[] columns, bool counts, CancellationToken ct)
    {
        var list = string.Join(", ", columns.Select(column =>
        {
            var c = TableEngine.Identifier(column.Name);
            var cut = column.Type == ColumnTypes.Text ? ("left(", $", {TextLength})") : ("", "");
            var distinct = counts ? $"count(DISTINCT {c})" : $"approx_count_distinct({c})";
            return $"count({c}), {distinct}, {cut.Item1}min({c}){cut.Item2}, {cut.Item1}max({c}){cut.Item2}";
        }));
        return TableEngine.QueryAsync(connection, $"SELECT count(*), {list} FROM {table}", reader => ReadCounts(reader, columns), ct);
    }

    private static List<ColumnProfile> ReadCounts(DuckDBDataReader reader, DatasetColumn[] columns)
    {
        reader.Read();
        var rows = reader.GetInt64(0);
        return [.. columns.Select((column, i) =>
        {
            var at = 1 + (4 * i);
            var present = reader.GetInt64(at);
            return new ColumnProfile(
                column.Name, column.Type, rows, rows - present, Math.Min(reader.GetInt64(at + 1), present),
                TableValues.Text(TableValues.Read(reader, at + 2, column.Type)),
                TableValues.Text(TableValues.Read(reader, at + 3, column.Type)),
                null, null, null, null, []);
        })];
    }

    /// <summary>Quantiles of all rows, or where there are many of some drawn by the hash of their number: to sort all costs more than the import.</summary>
    private static async Task<List<ColumnProfile>> RankAsync(
        DuckDBConnection connection, string parquetPath, List<ColumnProfile> profiles, CancellationToken ct)
    {
        var ranked = Enumerable.Range(0, profiles.Count).Where(i => ColumnTypes.IsNumeric(profiles[i].Type) || ColumnTypes.IsTime(profiles[i].Type) || IsFreeText(profiles[i])).ToList();
        if (ranked.Count == 0) return profiles;
        var list = string.Join(", ", ranked.Select(i =>
            $"CAST(to_json(quantile_disc({(IsFreeText(profiles[i]) ? Words(profiles[i]) : Value(profiles[i]))}, [0.05, 0.25, 0.5, 0.75, 0.95])) AS VARCHAR)"));
        var one = Math.Max(1, profiles[0].Rows / RankedRows);
        return await TableEngine.QueryAsync(
            connection,
            $"SELECT {list} FROM read_parquet({TableEngine.Literal(parquetPath)}, file_row_number = true) WHERE hash(file_row_number) % {one} = 0",
            reader =>
            {
                reader.Read();
                for (var i = 0; i < ranked.Count; i++)
                {
                    var quantiles = reader.IsDBNull(i) ? null : JsonSerializer.Deserialize<double[]>(reader.GetString(i));
                    profiles[ranked[i]] = IsFreeText(profiles[ranked[i]])
                        ? profiles[ranked[i]] with { MedianWords = quantiles?[2] }
                        : profiles[ranked[i]] with { Quantiles = quantiles };
                }

                return profiles;
            },
            ct);
    }

    /// <summary>Mean and deviation are taken over values scaled to 0…1, so that no sum overflows.</summary>
    private static async Task<List<ColumnProfile>> ShapeAsync(
        DuckDBConnection connection, string table, List<ColumnProfile> profiles, CancellationToken ct)
    {
        var ranges = profiles.Select(Range.Of).ToList();
        var shaped = profiles.Select((profile, i) => (Index: i, Range: ranges[i]!)).Where(p => p.Range is not null).ToList();
        if (shaped.Count == 0) return profiles;
        var list = string.Join(", ", shaped.Select(p =>
        {
            var value = Value(profiles[p.Index]);
            var unit = FormattableString.Invariant($"(({value} - ({p.Range.Lower:R}::DOUBLE)) / {p.Range.Span:R}::DOUBLE)");
            return $"avg({unit}), stddev_samp({unit}), CAST(to_json(histogram(CAST(greatest(0, least({p.Range.Bins - 1}, floor({unit} * {p.Range.Bins}))) AS INTEGER))) AS VARCHAR)";
        }));
        return await TableEngine.QueryAsync(
            connection,
            $"SELECT {list} FROM {table}",
            reader =>
            {
                reader.Read();
                for (var i = 0; i < shaped.Count; i++) profiles[shaped[i].Index] = Shape(profiles[shaped[i].Index], shaped[i].Range, reader, 3 * i);
                return profiles;
            },
            ct);
    }

    private static ColumnProfile Shape(ColumnProfile profile, Range range, DuckDBDataReader reader, int at)
    {
        var numeric = ColumnTypes.IsNumeric(profile.Type);
        var counts = new long[range.Bins];
        foreach (var (bin, count) in JsonSerializer.Deserialize<Dictionary<string, long>>(reader.GetString(at + 2))!)
            counts[int.Parse(bin, CultureInfo.InvariantCulture)] = count;
        return profile with
        {
            Mean = numeric ? range.Lower + (reader.GetDouble(at) * range.Width) : null,
            StandardDeviation = !numeric ? null : reader.IsDBNull(at + 1) ? 0 : reader.GetDouble(at + 1) * range.Width,
            Histogram = new(range.Lower, range.Upper, counts),
        };
    }

    private static bool IsFreeText(ColumnProfile profile) => profile is { Type: ColumnTypes.Text, Distinct: > FewValues };

    private static string Words(ColumnProfile profile)
    {
        var text = $"trim({TableEngine.Identifier(profile.Name)})";
        return $"CAST(length({text}) - length(replace({text}, ' ', '')) + 1 AS DOUBLE)";
    }

    private static string Value(ColumnProfile profile)
    {
        var c = TableEngine.Identifier(profile.Name);
        return ColumnTypes.IsTime(profile.Type) ? $"CAST(epoch_us(CAST({c} AS TIMESTAMP)) AS DOUBLE)" : $"CAST({c} AS DOUBLE)";
    }

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

    /// <summary>The range of a column's values that its histogram divides.</summary>
    private sealed record Range(double Lower, double Upper, int Bins)
    {
        /// <summary>Zero where all values are one.</summary>
        public double Width => Upper - Lower;

        /// <summary>What to divide by.</summary>
        public double Span => Width > 0 ? Width : 1;

        public static Range? Of(ColumnProfile profile)
        {
            if (profile.Min is null || profile.Max is null) return null;
            if (ColumnTypes.IsTime(profile.Type)) return new(Microseconds(profile.Min), Microseconds(profile.Max), BinsOf(profile.Min == profile.Max));
            if (!ColumnTypes.IsNumeric(profile.Type)) return null;
            var (lower, upper) = (double.Parse(profile.Min, CultureInfo.InvariantCulture), double.Parse(profile.Max, CultureInfo.InvariantCulture));
            if (!double.IsFinite(upper - lower)) return null;
            // Whole numbers of few values have a bin each.
            return new(lower, upper, profile.Type == ColumnTypes.Integer && upper - lower < TableProfiler.Bins ? (int)(upper - lower) + 1 : BinsOf(lower == upper));
        }

        private static int BinsOf(bool one) => one ? 1 : TableProfiler.Bins;

        private static double Microseconds(string time) => UtcMicroseconds.From(
            DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));
    }
}
