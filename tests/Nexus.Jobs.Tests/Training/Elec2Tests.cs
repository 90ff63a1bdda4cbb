using System.Text.Json;
using Nexus.Jobs.Pipelines;
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

    [Theory]
    [InlineData("""{ "trainer": "lightgbm", "seed": 7, "params": { "iterations": 100, "leaves": 31, "learningRate": 0.1 } }""")]
    [InlineData("""{ "trainer": "linear", "seed": 7 }""")]
    public async Task Train_on_elec2_exports_an_onnx_equal_to_the_trainer(string train)
    {
        await using var bench = await TrainingBench.StartAsync();
        var features = await bench.RunAsync("transform", Transform, ("data", await bench.Elec2Async()));
        features.Facts["trainRows"].Deserialize<int>().ShouldBe(27_187);
        features.Facts["testRows"].Deserialize<int>().ShouldBe(18_125);
        var model = await bench.RunAsync("train", train, ("data", features));
        model.Kind.ShouldBe(StepKinds.Model);
        model.Facts["largestDifference"].Deserialize<double>().ShouldBeLessThan(1e-5);
    }
}
