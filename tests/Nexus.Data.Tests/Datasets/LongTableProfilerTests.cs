using System.Text.Json;
using DuckDB.NET.Data;
using Nexus.Data.Datasets;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets;

/// <summary>A table too long for its values to be counted and sorted all: the profile is held to the engine's own exact aggregates.</summary>
public sealed class LongTableProfilerTests : IAsyncLifetime
{
    private const string Rows = """
        SELECT range AS id, CASE WHEN range % 7 <> 0 THEN (range * 7919 % 1000003) / 1000.0 - 400 END AS n, range % 250 AS few,
          TIMESTAMP '2020-01-01' + to_seconds(range * 37) AS ts, (TIMESTAMP '2020-01-01' + to_days((range % 3000)::INT))::DATE AS day,
          CASE WHEN range % 2 = 0 THEN 'one two ' || range ELSE 'one' || range END AS words, NULL::DOUBLE AS none, 9007199254740992 + range AS large
        FROM range(250000)
        """;

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Profile_of_a_long_table_agrees_with_exact_aggregates()
    {
        await _database.ImportAsync("long", await _database.ParquetAsync(Rows), ImportFormats.Parquet);

        var profile = (await _database.Get<DatasetCatalog>().ProfileAsync(new("long"), default)).ToDictionary(c => c.Name);

        foreach (var (name, value) in new[] { ("id", "id"), ("n", "n"), ("few", "few"), ("ts", "epoch_us(ts)"), ("day", "epoch_us(day::TIMESTAMP)"), ("large", "large") })
        {
            var (column, exact) = (profile[name], await ExactAsync(value));
            (column.Rows, column.Missing).ShouldBe((250_000, 250_000 - exact.Count), name);
            ((double)column.Distinct).ShouldBe(exact.Distinct, exact.Distinct * 0.1, name);
            column.Histogram!.Counts.Sum().ShouldBe(exact.Count, name);
            (column.Histogram.Lower, column.Histogram.Upper).ShouldBe((exact.Min, exact.Max), name);
            var width = exact.Max - exact.Min;
            for (var i = 0; i < 5; i++) column.Quantiles![i].ShouldBe(exact.Quantiles[i], width * 0.01, name);
            if (!ColumnTypes.IsNumeric(column.Type)) continue;
            column.Mean!.Value.ShouldBe(exact.Mean, width * 1e-9, name);
            column.StandardDeviation!.Value.ShouldBe(exact.Deviation, width * 1e-9, name);
        }

        (profile["few"].Distinct, profile["few"].Top.Count, profile["few"].Top[0].Count).ShouldBe((250, 20, 1000));
        profile["words"].MedianWords.ShouldBe(1);
        (profile["none"].Missing, profile["none"].Distinct, profile["none"].Quantiles, profile["none"].Histogram).ShouldBe((250_000, 0, null, null));
    }

    private async Task<Exact> ExactAsync(string value)
    {
        using var connection = _database.Get<TableEngine>().Open();
        var v = $"CAST({value} AS DOUBLE)";
        return await TableEngine.QueryAsync(
            connection,
            $"""
            SELECT count({value}), count(DISTINCT {value}), min({v}), max({v}), avg({value}), stddev_samp(CAST({value} - lowest AS DOUBLE)),
              CAST(to_json(quantile_disc({v}, [0.05, 0.25, 0.5, 0.75, 0.95])) AS VARCHAR)
            FROM (SELECT *, min({value}) OVER () AS lowest FROM ({Rows}))
            """,
            Read,
            default);
    }

    private static Exact Read(DuckDBDataReader reader)
    {
        reader.Read();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5), JsonSerializer.Deserialize<double[]>(reader.GetString(6))!);
    }

    private sealed record Exact(long Count, long Distinct, double Min, double Max, double Mean, double Deviation, double[] Quantiles);
}
