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
            foreach (var reference in Numeric(command, from, chunk, rows, ct)) references[reference.Name] = reference;
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

    private static IEnumerable<FeatureReference> Numeric(DuckDBCommand command, string from, DatasetColumn[] columns, long rows, CancellationToken ct)
    {
        var values = columns.Select(_ => new double[rows]).ToArray();
        var present = new int[columns.Length];
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(Value))} FROM {from}";
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                for (var c = 0; c < columns.Length; c++)
                    if (!reader.IsDBNull(c)) values[c][present[c]++] = reader.GetDouble(c);
            }
        }

        for (var c = 0; c < columns.Length; c++)
        {
            ct.ThrowIfCancellationRequested();
            var sorted = values[c].AsSpan(0, present[c]);
            sorted.Sort();
            yield return DecileBins.Of(columns[c].Name, sorted, rows);
        }
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
}
