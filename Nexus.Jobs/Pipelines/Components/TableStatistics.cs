using System.Globalization;
using DuckDB.NET.Data;
using Nexus.Data.Datasets;

namespace Nexus.Jobs.Pipelines.Components;

/// <summary>Two tables side by side in DuckDB: <c>current</c>, and <c>reference</c> where there is one.</summary>
internal sealed class TableStatistics : IDisposable
{
    private readonly DuckDBConnection _connection;

    public TableStatistics(TableEngine tables, string current, string? reference)
    {
        _connection = tables.Open();
        Execute($"CREATE VIEW current AS SELECT * FROM read_parquet({TableEngine.Literal(current)})");
        if (reference is not null) Execute($"CREATE VIEW reference AS SELECT * FROM read_parquet({TableEngine.Literal(reference)})");
    }

    public long Rows(string table) => Longs($"SELECT count(*) FROM {table}")[0];

    /// <summary>Rows with a value, rows that hold NaN, smallest and largest value; null where there is none.</summary>
    public async Task<(long Present, long NotNumbers, double? Minimum, double? Maximum)> ColumnAsync(string table, DatasetColumn column, CancellationToken ct)
    {
        var name = TableEngine.Identifier(column.Name);
        var number = column.Type is "integer" or "number";
        var finite = $"CASE WHEN isfinite({name}::DOUBLE) THEN {name}::DOUBLE END";
        var rest = number ? $"count(*) FILTER (isnan({name}::DOUBLE)), min({finite}), max({finite})" : "0, NULL, NULL";
        await using var reader = await ReadAsync($"SELECT count({name}), {rest} FROM {table}", ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), Convert.ToInt64(reader.GetValue(1), CultureInfo.InvariantCulture),
            await reader.IsDBNullAsync(2, ct) ? null : reader.GetDouble(2), await reader.IsDBNullAsync(3, ct) ? null : reader.GetDouble(3));
    }

    /// <summary>Rows per bin, of both tables, over the reference's deciles.</summary>
    public async Task<(long[] Reference, long[] Current)> BinsAsync(string column, CancellationToken ct)
    {
        var name = $"{TableEngine.Identifier(column)}::DOUBLE";
        var deciles = string.Join(", ", Enumerable.Range(1, 9).Select(d => $"quantile_cont(x, 0.{d})"));
        await using var reader = await ReadAsync($"SELECT {deciles} FROM (SELECT {name} AS x FROM reference WHERE isfinite({name}))", ct);
        if (!await reader.ReadAsync(ct) || await reader.IsDBNullAsync(0, ct)) return ([], []);
        var edges = Enumerable.Range(0, 9).Select(reader.GetDouble).Distinct().ToList();
        var bins = string.Join(", ", Enumerable.Range(0, edges.Count + 1).Select(i => Bin(edges, i)));
        return (Longs($"SELECT {bins} FROM (SELECT {name} AS x FROM reference WHERE isfinite({name}))"),
            Longs($"SELECT {bins} FROM (SELECT {name} AS x FROM current WHERE isfinite({name}))"));
    }

    /// <summary>Value → rows in the reference and now, of a column with at most <paramref name="most"/> values in the reference; else null.</summary>
    public async Task<IReadOnlyList<(string Value, long Reference, long Current)>?> ValuesAsync(string column, int most, CancellationToken ct)
    {
        var name = TableEngine.Identifier(column);
        if (Longs($"SELECT count(DISTINCT {name}) FROM reference")[0] > most) return null;
        var sql = $"""
            SELECT coalesce(r.v, c.v), coalesce(r.n, 0), coalesce(c.n, 0)
            FROM (SELECT {name}::VARCHAR AS v, count(*) AS n FROM reference WHERE {name} IS NOT NULL GROUP BY 1) r
            FULL JOIN (SELECT {name}::VARCHAR AS v, count(*) AS n FROM current WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY n DESC LIMIT 10000) c ON r.v = c.v
            ORDER BY 3 DESC, 1
            """;
        var values = new List<(string, long, long)>();
        await using var reader = await ReadAsync(sql, ct);
        while (await reader.ReadAsync(ct)) values.Add((reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        return values;
    }

    public void Dispose() => _connection.Dispose();

    private static string Bin(List<double> edges, int i)
    {
        var above = i == 0 ? "true" : $"x > {Number(edges[i - 1])}";
        var within = i == edges.Count ? "true" : $"x <= {Number(edges[i])}";
        return $"count(*) FILTER ({above} AND {within})";
    }

    private static string Number(double value) => $"{value.ToString("R", CultureInfo.InvariantCulture)}::DOUBLE";

    private long[] Longs(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        reader.Read();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetInt64)];
    }

    private async Task<System.Data.Common.DbDataReader> ReadAsync(string sql, CancellationToken ct)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteReaderAsync(ct);
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
