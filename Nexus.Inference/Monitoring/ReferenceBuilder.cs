using System.Data.Common;
using DuckDB.NET.Data;
using Nexus.Data.Datasets;

namespace Nexus.Inference.Monitoring;

/// <summary>
/// Draws the reference profile of a training split. Reads columns, not rows: memory holds a few columns at a time, however
/// wide the table is. The same split gives the same profile to the byte.
/// </summary>
public sealed class ReferenceBuilder(TableEngine tables)
{
    /// <summary>At most so many categories have a bin of their own.</summary>
    public const int MaxCategories = 64;

    private const long ValuesAtOnce = 16_000_000;
    private const int ColumnsAtOnce = 64;

    /// <param name="parquetPath">The training split with its raw columns.</param>
    /// <param name="features">The raw feature columns, in the order of the model's inputs.</param>
    /// <param name="label">The label's column; null for regression.</param>
    public Task<ReferenceProfile> BuildAsync(
        string parquetPath, IReadOnlyList<DatasetColumn> features, string? label, CancellationToken ct) =>
        Task.Run(() => Build(parquetPath, features, label, ct), ct);

    private ReferenceProfile Build(string parquetPath, IReadOnlyList<DatasetColumn> features, string? label, CancellationToken ct)
    {
        using var connection = tables.Open();
        using var command = connection.CreateCommand();
        using var cancelled = ct.Register(command.Cancel);
        var from = $"read_parquet({TableEngine.Literal(parquetPath)})";
        var rows = Single(command, $"SELECT count(*) FROM {from}", r => r.GetInt64(0));

        var references = new Dictionary<string, FeatureReference>(features.Count);
        var numeric = features.Where(f => IsNumeric(f.Type)).ToList();
        foreach (var chunk in numeric.Chunk((int)Math.Clamp(ValuesAtOnce / Math.Max(rows, 1), 1, ColumnsAtOnce)))
        {
            ct.ThrowIfCancellationRequested();
            foreach (var reference in Numeric(command, from, chunk, rows)) references[reference.Name] = reference;
        }

        foreach (var feature in features.Where(f => !IsNumeric(f.Type)))
        {
            ct.ThrowIfCancellationRequested();
            references[feature.Name] = Categorical(command, from, feature, rows);
        }

        var labels = label is null ? [] : Counts(command, from, TableEngine.Identifier(label), int.MaxValue);
        return new(rows, [.. features.Select(f => references[f.Name])], labels.ToDictionary());
    }

    private static bool IsNumeric(string type) => type is "integer" or "number" or "timestamp" or "date";

    /// <summary>Not-a-number is missing; time is microseconds since 1970, as a model's input has it.</summary>
    private static string Value(DatasetColumn column, int index)
    {
        var name = TableEngine.Identifier(column.Name);
        var number = column.Type is "timestamp" or "date" ? $"epoch_us(CAST({name} AS TIMESTAMP))::DOUBLE" : $"CAST({name} AS DOUBLE)";
        return $"CASE WHEN isnan({number}) THEN NULL ELSE {number} END AS x{index}";
    }

    private static List<FeatureReference> Numeric(DuckDBCommand command, string from, DatasetColumn[] columns, long rows)
    {
        var values = $"(SELECT {string.Join(", ", columns.Select(Value))} FROM {from})";
        var spreads = Single(command, $"SELECT {string.Join(", ", columns.Select((_, i) =>
            $"quantile_disc(x{i}, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]), min(x{i}) FILTER (WHERE isfinite(x{i})), max(x{i}) FILTER (WHERE isfinite(x{i})), count(x{i})"))} FROM {values}",
            r => columns.Select((_, i) => Spread.Read(r, 4 * i)).ToList());
        var cuts = spreads.SelectMany((s, i) => s.Deciles.Select(e =>
            $"count(*) FILTER (WHERE x{i} <= {e:E16}), min(x{i}) FILTER (WHERE x{i} > {e:E16})")).ToList();
        if (cuts.Count == 0) return [.. columns.Select((c, i) => spreads[i].ToReference(c.Name, rows, []))];

        return Single(command, $"SELECT {string.Join(", ", cuts)} FROM {values}", r =>
        {
            var at = 0;
            return columns.Select((column, i) => spreads[i].ToReference(column.Name, rows,
                [.. spreads[i].Deciles.Select(_ => (r.GetInt64(at++), r.GetDouble(at++)))])).ToList();
        });
    }

    private static FeatureReference Categorical(DuckDBCommand command, string from, DatasetColumn column, long rows)
    {
        var name = TableEngine.Identifier(column.Name);
        var present = Single(command, $"SELECT count({name}) FROM {from}", r => r.GetInt64(0));
        var top = Counts(command, from, name, MaxCategories);
        var inTop = top.Sum(c => c.Value);

        // Where the most frequent values do not even hold half of the rows, it is prose or an id: its values are no categories.
        return column.Type == "text" && inTop * 2 < present
            ? new(column.Name, "text", null, null, [present, rows - present])
            : new(column.Name, "categorical", null, [.. top.Select(c => c.Key)], [.. top.Select(c => c.Value), present - inTop, rows - present]);
    }

    private static List<KeyValuePair<string, long>> Counts(DuckDBCommand command, string from, string column, int limit)
    {
        command.CommandText =
            $"SELECT CAST({column} AS VARCHAR) AS v, count(*) AS n FROM {from} WHERE {column} IS NOT NULL GROUP BY v ORDER BY n DESC, v LIMIT {limit}";
        using var reader = command.ExecuteReader();
        var counts = new List<KeyValuePair<string, long>>();
        while (reader.Read()) counts.Add(new(reader.GetString(0), reader.GetInt64(1)));
        return counts;
    }

    private static T Single<T>(DuckDBCommand command, string sql, Func<DbDataReader, T> read)
    {
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        reader.Read();
        return read(reader);
    }

    /// <param name="Deciles">Distinct values below the maximum; at each, a bin ends.</param>
    private sealed record Spread(IReadOnlyList<double> Deciles, double? Minimum, double? Maximum, long Present)
    {
        public static Spread Read(DbDataReader reader, int at)
        {
            double? minimum = reader.IsDBNull(at + 1) ? null : reader.GetDouble(at + 1);
            double? maximum = reader.IsDBNull(at + 2) ? null : reader.GetDouble(at + 2);
            var deciles = reader.IsDBNull(at) ? [] : reader.GetFieldValue<List<double>>(at);
            return new([.. deciles.Where(d => double.IsFinite(d) && d < maximum).Distinct().Order()], minimum, maximum, reader.GetInt64(at + 3));
        }

        /// <param name="cuts">Per decile: rows up to it, and the next value above it.</param>
        public FeatureReference ToReference(string name, long rows, IReadOnlyList<(long UpTo, double Next)> cuts)
        {
            var missing = rows - Present;
            if (Minimum is { } constant && constant == Maximum && cuts.Count == 0)
            {
                // Otherwise a feature that never changed could never be seen to change.
                var margin = Math.Max(Math.Abs(constant) * 1e-6, 1e-9);
                return new(name, "numeric", [constant - margin, constant + margin], null, [0, Present, 0, missing], Minimum, Maximum);
            }

            var edges = new List<double>(cuts.Count);
            var counts = new List<long>(cuts.Count + 2);
            for (var i = 0; i < cuts.Count; i++)
            {
                edges.Add(Between(Deciles[i], cuts[i].Next));
                counts.Add(cuts[i].UpTo - (i == 0 ? 0 : cuts[i - 1].UpTo));
            }

            counts.Add(Present - (cuts.Count == 0 ? 0 : cuts[^1].UpTo));
            counts.Add(missing);
            return new(name, "numeric", edges, null, counts, Minimum, Maximum);
        }

        /// <summary>Half way to the next value: the same number in single precision falls into the same bin.</summary>
        private static double Between(double value, double next)
        {
            var middle = value + ((next - value) / 2);
            return double.IsFinite(middle) && middle > value && middle < next ? middle : value;
        }
    }
}
