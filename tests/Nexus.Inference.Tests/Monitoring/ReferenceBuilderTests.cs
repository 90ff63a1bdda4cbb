using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Inference.Monitoring;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Monitoring;

public sealed class ReferenceBuilderTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nexus-test-");
    private readonly TableEngine _tables;

    public ReferenceBuilderTests() => _tables = new(Options.Create(new NexusOptions { DataDirectory = _directory.FullName }));

    [Fact]
    public async Task Numeric_feature_has_deciles_and_a_bin_for_the_missing()
    {
        var profile = await BuildAsync("SELECT CASE WHEN i % 11 = 10 THEN NULL ELSE i END AS x FROM range(1100) t(i)", new DatasetColumn("x", "integer"));

        var x = profile.Features.ShouldHaveSingleItem();
        x.Kind.ShouldBe("numeric");
        x.Edges!.Count.ShouldBe(9);
        x.Counts.ShouldBe([100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100]);
        x.Minimum.ShouldBe(0);
        x.Maximum.ShouldBe(1098);
        profile.Rows.ShouldBe(1100);
    }

    [Fact]
    public async Task Repeated_values_never_repeat_an_edge_and_single_precision_falls_into_the_same_bin()
    {
        var profile = await BuildAsync("SELECT CASE WHEN i < 700 THEN 0.414912 ELSE 0.5 + i / 10000 END AS x FROM range(1000) t(i)", new DatasetColumn("x", "number"));

        var x = profile.Features[0];
        x.Edges!.ShouldBeUnique();
        x.Counts.Sum().ShouldBe(1000);
        x.Counts[0].ShouldBe(700);
        var binner = new FeatureBinner(x);
        binner.Of((float)0.414912).ShouldBe(binner.Of(0.414912));
        binner.Of(0.414912).ShouldBe(0);
    }

    [Fact]
    public async Task Two_hundred_columns_take_no_longer_than_their_values()
    {
        var columns = Enumerable.Range(0, 200).Select(i => new DatasetColumn($"x{i}", "number")).ToArray();
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var profile = await BuildAsync($"SELECT {string.Join(", ", columns.Select((c, i) => $"(r * {i + 1}) % 97 / 97.0 AS {c.Name}"))} FROM range(600) t(r)", null, columns);

        profile.Features.Count.ShouldBe(200);
        profile.Features.ShouldAllBe(f => f.Counts.Sum() == 600);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10)); // a plan of thousands of aggregates took 40
    }

    [Fact]
    public async Task Constant_feature_can_be_seen_to_change()
    {
        var binner = new FeatureBinner((await BuildAsync("SELECT 5.0 AS x FROM range(10)", new DatasetColumn("x", "number"))).Features[0]);

        binner.Of(5).ShouldBe(1);
        binner.Of(4).ShouldBe(0);
        binner.Of(6).ShouldBe(2);
    }

    [Fact]
    public async Task Categorical_feature_keeps_64_categories_and_counts_the_rest_as_other()
    {
        var profile = await BuildAsync(
            "SELECT CASE WHEN i % 10 = 0 THEN NULL WHEN i % 2 = 0 THEN 'common' ELSE 'c' || (i % 200) END AS c FROM range(2000) t(i)",
            new DatasetColumn("c", "text"));

        var c = profile.Features[0];
        c.Kind.ShouldBe("categorical");
        c.Categories![0].ShouldBe("common");
        c.Categories.Count.ShouldBe(64);
        c.Counts.Count.ShouldBe(66);
        c.Counts.Sum().ShouldBe(2000);
        c.Counts[^1].ShouldBe(200);
        var binner = new FeatureBinner(c);
        binner.Of("common").ShouldBe(0);
        binner.Of("never seen").ShouldBe(binner.Other);
    }

    [Fact]
    public async Task Prose_is_only_present_or_missing()
    {
        var profile = await BuildAsync("SELECT CASE WHEN i < 3 THEN NULL ELSE 'sentence ' || i END AS t FROM range(1000) t(i)", new DatasetColumn("t", "text"));

        profile.Features[0].Kind.ShouldBe("text");
        profile.Features[0].Counts.ShouldBe([997, 3]);
    }

    [Fact]
    public async Task Time_truth_and_labels_are_counted_in_their_own_way()
    {
        var profile = await BuildAsync(
            "SELECT TIMESTAMP '2020-01-01' + INTERVAL (i) HOUR AS t, i % 4 = 0 AS b, 'nan'::DOUBLE AS n, CASE WHEN i < 30 THEN 'UP' ELSE 'DOWN' END AS y FROM range(100) t(i)",
            "y", new("t", "timestamp"), new("b", "boolean"), new("n", "number"));

        profile.Labels.ShouldBe(new Dictionary<string, long> { ["DOWN"] = 70, ["UP"] = 30 }, ignoreOrder: true);
        var time = new FeatureBinner(profile.Features[0]);
        time.Of("2020-01-01T00:00:00Z").ShouldBe(0);
        time.Of("2030-01-01T00:00:00Z").ShouldBe(time.Bins - 2);
        var truth = new FeatureBinner(profile.Features[1]);
        truth.Of(0.0).ShouldBe(0);
        truth.Of("true").ShouldBe(1);
        profile.Features[2].Counts[^1].ShouldBe(100);
    }

    [Fact]
    public async Task Every_row_of_any_numbers_falls_into_the_bin_that_counted_it()
    {
        var random = new Random(3);
        for (var round = 0; round < 20; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 300)).Select(_ => random.Next(4) == 0 ? random.Next(3) : Math.Round(random.NextDouble() * 1e6, random.Next(8))).ToArray();
            var list = string.Join(", ", values.Select(v => $"({v:E16})"));
            var x = (await BuildAsync($"SELECT * FROM (VALUES {list}) v(x)", new DatasetColumn("x", "number"))).Features[0];
            var binner = new FeatureBinner(x);
            var counts = new long[binner.Bins];
            foreach (var value in values) counts[binner.Of(value)]++;
            counts.ShouldBe(x.Counts);
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private Task<ReferenceProfile> BuildAsync(string select, DatasetColumn column) => BuildAsync(select, null, column);

    private async Task<ReferenceProfile> BuildAsync(string select, string? label, params DatasetColumn[] columns)
    {
        var path = Path.Combine(_directory.FullName, $"{Guid.NewGuid():N}.parquet");
        await using (var connection = _tables.Open())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"COPY ({select}) TO {TableEngine.Literal(path)} (FORMAT parquet)";
            await command.ExecuteNonQueryAsync();
        }

        return await new ReferenceBuilder(_tables).BuildAsync(path, columns, label, CancellationToken.None);
    }
}
