using Nexus.Data.Datasets;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets;

public sealed class TableProfilerTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Profile_of_known_values_has_the_known_figures()
    {
        var bytes = await _database.ParquetAsync("""
            SELECT range AS i, range / 4.0 AS n, CASE WHEN range % 10 < 3 THEN NULL ELSE ['x', 'y', 'y'][(range % 3)::INT + 1] END AS t,
              range % 4 = 0 AS b, TIMESTAMP '2020-01-01' + to_days(range::INT) AS ts, 7 AS same, NULL::DOUBLE AS none
            FROM range(1000)
            """);
        await _database.ImportAsync("known", bytes, ImportFormats.Parquet);

        var profile = (await _database.Get<DatasetCatalog>().ProfileAsync(new("known"), default)).ToDictionary(c => c.Name);

        var i = profile["i"];
        (i.Rows, i.Missing, i.Distinct, i.Min, i.Max).ShouldBe((1000, 0, 1000, "0", "999"));
        i.Mean!.Value.ShouldBe(499.5, 1e-9);
        i.StandardDeviation!.Value.ShouldBe(288.8194360957494, 1e-9);
        i.Quantiles![2].ShouldBe(499.5, 5);
        i.Histogram!.Counts.Length.ShouldBe(30);
        i.Histogram.Counts.Sum().ShouldBe(1000);
        profile["n"].Mean!.Value.ShouldBe(124.875, 1e-9);
        (profile["t"].Missing, profile["t"].Distinct, profile["t"].Mean).ShouldBe((300, 2, null));
        profile["t"].Top.Sum(t => t.Count).ShouldBe(700);
        profile["t"].Top[0].Value.ShouldBe("y");
        profile["b"].Top.ShouldBe([new("false", 750), new("true", 250)]);
        (profile["ts"].Min, profile["ts"].Max, profile["ts"].Mean).ShouldBe(("2020-01-01T00:00:00Z", "2022-09-26T00:00:00Z", null));
        profile["ts"].Histogram!.Counts.Sum().ShouldBe(1000);
        profile["same"].Histogram!.Counts.ShouldBe([1000]);
        (profile["same"].Mean, profile["same"].StandardDeviation).ShouldBe((7, 0));
        (profile["none"].Missing, profile["none"].Distinct, profile["none"].Min, profile["none"].Histogram).ShouldBe((1000, 0, null, null));
    }

    [Fact]
    public async Task Profile_gives_each_of_a_few_whole_numbers_a_bin_of_its_own()
    {
        await _database.ImportAsync("few", "n\n0\n1\n1\n2\n2\n2\n5\n");

        var histogram = (await _database.Get<DatasetCatalog>().ProfileAsync(new("few"), default))[0].Histogram!;

        histogram.Counts.ShouldBe([1, 2, 3, 0, 0, 1]);
    }

    [Fact]
    public async Task Profile_of_numbers_at_the_ends_of_their_range_is_finite()
    {
        await _database.ImportAsync("ends", "n,m\n1e308,-1.7e308\n1.5e308,1.7e308\nNaN,\n");

        var profile = await _database.Get<DatasetCatalog>().ProfileAsync(new("ends"), default);

        profile[0].Missing.ShouldBe(1);
        profile[0].Mean!.Value.ShouldBe(1.25e308, 1e296);
        (profile[1].Mean, profile[1].Histogram).ShouldBe((null, null));
        profile[1].Max.ShouldBe("1.7E+308");
    }
}
