using System.Text.Json;
using Nexus.Data;
using Nexus.Data.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Training;

public sealed class Elec2Tests
{
    private const string Transform = """
        { "label": "class", "positive": "UP", "time": "timestamp",
          "features": ["day", "period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"],
          "split": { "by": "time", "train": 0.6 },
          "numeric": { "impute": "median", "scale": "standard" } }
        """;

    private const string Evaluate = """
        { "slices": ["day", "timestamp"], "require": { "auc": { "min": 0.7, "slices": { "min": 0.4 } } }, "beat": { "production": { "auc": { "by": -0.01 } } } }
        """;

    [Theory]
    [InlineData("""{ "trainer": "lightgbm", "seed": 7, "params": { "iterations": 100, "leaves": 31, "learningRate": 0.1 } }""")]
    [InlineData("""{ "trainer": "linear", "seed": 7 }""")]
    public async Task Elec2_first_60_percent_predict_the_rest(string train)
    {
        await using var bench = await TrainingBench.StartAsync();
        var features = await bench.RunAsync("transform", Transform, ("data", await bench.Elec2Async()));
        features.Facts["trainRows"].Deserialize<int>().ShouldBe(27_187);
        features.Facts["testRows"].Deserialize<int>().ShouldBe(18_125);

        var model = await bench.RunAsync("train", train, ("data", features));
        model.Facts["largestDifference"].Deserialize<double>().ShouldBeLessThan(1e-5);

        var output = await bench.RunAsync("evaluate", Evaluate, ("model", model), ("data", features));
        var auc = output.Metrics!["auc"];
        auc.Value.ShouldBeGreaterThanOrEqualTo(0.77);
        (auc.Upper - auc.Lower)!.Value.ShouldBeInRange(0.005, 0.03);
        var report = CanonicalJson.Read<EvaluationReport>(await bench.Blobs.ReadTextAsync(output.Blobs["report"], CancellationToken.None));
        report.Passed.ShouldBeTrue();
        report.Rows.ShouldBe(18_125);
        report.Slices.Count(s => s.Column == "day").ShouldBe(7);
        report.Slices.Where(s => s.Column == "timestamp").Sum(s => s.Rows).ShouldBe(18_125);
        report.Baselines.Single(b => b.Name == "majority").Metrics["accuracy"].ShouldBe(0.58, 0.005);
        report.Baselines.Single(b => b.Name == "previous").Metrics["accuracy"].ShouldBe(0.85, 0.02);
        report.Gates.Single(g => g.Kind == "beat").Text.ShouldContain("no version of bench is in Production");
        report.Roc.Count.ShouldBeLessThanOrEqualTo(200);
        report.Calibration.Sum(b => b.Rows).ShouldBe(18_125);
        report.Confusion!.Counts.Sum(c => c.Sum()).ShouldBe(18_125);
    }

    [Fact]
    public async Task Evaluate_with_an_unmet_bound_fails_and_names_threshold_value_and_slice()
    {
        await using var bench = await TrainingBench.StartAsync();
        var features = await bench.RunAsync("transform", Transform, ("data", await bench.Elec2Async()));
        var model = await bench.RunAsync("train", """{ "trainer": "lightgbm", "params": { "iterations": 5 } }""", ("data", features));
        var refused = await Should.ThrowAsync<RefusedException>(() => bench.RunAsync(
            "evaluate", """{ "slices": ["day"], "require": { "auc": { "min": 0.999, "slices": { "min": 0.99 } } } }""", ("model", model), ("data", features)));
        refused.Message.ShouldContain("below the required 0.999");
        refused.Message.ShouldContain("on day = 3, below the required 0.99");
        bench.Results.ShouldContainKey("auc");
    }

    [Fact]
    public async Task Same_seed_gives_the_same_bytes()
    {
        await using var bench = await TrainingBench.StartAsync();
        var table = await bench.Elec2Async();
        foreach (var train in new[] { """{ "trainer": "lightgbm", "seed": 7, "params": { "iterations": 20, "baggingFraction": 0.7, "featureFraction": 0.7 } }""", """{ "trainer": "linear", "seed": 7 }""" })
        {
            var first = await OnceAsync(train);
            (await OnceAsync(train)).ShouldBe(first);
        }

        async Task<string> OnceAsync(string train)
        {
            var features = await bench.RunAsync("transform", Transform, ("data", table));
            var model = await bench.RunAsync("train", train, ("data", features));
            var report = await bench.RunAsync("evaluate", """{ "seed": 3 }""", ("model", model), ("data", features));
            return string.Join(' ', features.Blobs.Concat(model.Blobs).Concat(report.Blobs).Select(b => b.Value));
        }
    }
}
