using System.Text.Json.Nodes;
using Nexus.Data;
using Shouldly;
using Xunit;
using static Nexus.Jobs.Tests.Pipelines.ComposerBench;

namespace Nexus.Jobs.Tests.Pipelines;

public sealed class OverrideTests
{
    [Theory]
    [InlineData("train.params.learningRate=0.05", "0.05")]
    [InlineData("steps.train.with.params.learningRate=0.05", "0.05")]
    [InlineData("++train.params.learningRate=2", "2")]
    [InlineData(" train.params.learningRate =3", "3")]
    public async Task Override_sets_a_value_by_its_short_or_whole_path(string @override, string value) =>
        (await TrainAsync(@override))["params"]!["learningRate"]!.ToJsonString().ShouldBe(value);

    [Fact]
    public async Task Overrides_of_params_reach_what_interpolates_them() =>
        (await TrainAsync("params.leaves=63"))["params"]!["leaves"]!.GetValue<long>().ShouldBe(63);

    [Fact]
    public async Task Override_takes_away_and_builds_again()
    {
        (await TrainAsync("~train.params"))["params"].ShouldBeNull();
        (await TrainAsync("~train.params", "train.params.leaves=5"))["params"]!.ToJsonString().ShouldBe("""{"leaves":5}""");
        (await TrainAsync("~train.mode=fast"))["mode"].ShouldBeNull();
    }

    [Fact]
    public async Task Override_values_are_texts_lists_and_mappings()
    {
        (await TrainAsync("train.features=[x, \"y\"]"))["features"]!.ToJsonString().ShouldBe("""["x","y"]""");
        (await TrainAsync("train.features.1=z"))["features"]!.ToJsonString().ShouldBe("""["a","z"]""");
        (await TrainAsync("~train.params", "train.params={leaves: 4}"))["params"]!.ToJsonString().ShouldBe("""{"leaves":4}""");
        (await TrainAsync("params.leaves=3", "train.params.leaves=${params.leaves}"))["params"]!["leaves"]!.GetValue<long>().ShouldBe(3);
    }

    [Fact]
    public async Task Override_by_a_mapping_merges_it_and_by_a_list_replaces_it()
    {
        (await TrainAsync("train.params={leaves: 4}"))["params"]!.ToJsonString().ShouldBe("""{"leaves":4,"learningRate":0.1}""");
        (await TrainAsync("train.features=[z]"))["features"]!.ToJsonString().ShouldBe("""["z"]""");
    }

    [Fact]
    public async Task Later_override_wins() =>
        (await TrainAsync("train.params.leaves=5", "train.params.leaves=7"))["params"]!["leaves"]!.GetValue<long>().ShouldBe(7);

    [Theory]
    [InlineData("trian.mode=slow", "begins with neither a step nor a key", "train")]
    [InlineData("params.leavs=3", "There is no 'leavs'", "leaves")]
    [InlineData("train.params.leavs=3", "'leavs' is not known here", "leaves")]
    [InlineData("train.params.leaves=many", "'leaves' is an integer, not a text", null)]
    [InlineData("+train.mode=slow", "'mode' is there already", null)]
    [InlineData("~train.moode", "There is no 'moode'", "mode")]
    [InlineData("~train.mode=slow", "'mode' is not slow", null)]
    [InlineData("train.mode", "has no '='", null)]
    [InlineData("=3", "An override is path=value", null)]
    [InlineData("train.mode=no", "'no' is a boolean to some readers", null)]
    [InlineData("train.mode=[", "What opens here does not close", null)]
    [InlineData("train.mode.x.y=1", "There is no", null)]
    [InlineData("train.mode=fast,slow", "It names several values", null)]
    [InlineData("train.value=inf", "'inf' is not a number that can be kept", null)]
    [InlineData("steps.train.inputs.data=report", "The inputs go round", null)]
    public async Task Override_that_cannot_be_is_named_in_the_refusal(string @override, string message, string? suggestion)
    {
        var problems = await ProblemsAsync(Yaml, @override);

        var problem = problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain(message);
        problem.Override.ShouldBe(@override);
        problem.Suggestion.ShouldBe(suggestion);
        var refused = await Should.ThrowAsync<RefusedException>(() => ComposeAsync(Yaml, @override));
        refused.Errors!.Keys.ShouldBe(["overrides"]);
        refused.Line.ShouldBeNull();
    }

    [Fact]
    public async Task Dataset_is_bound_to_the_one_ingest()
    {
        var document = await Composer.ComposeAsync(Yaml, [], "elec2@3", CancellationToken.None);

        document.Steps[0].With["dataset"]!.GetValue<string>().ShouldBe("elec2@3");
        var two = Yaml + "\n  more: { component: ingest, with: { dataset: x } }";
        (await Should.ThrowAsync<RefusedException>(() => Composer.ComposeAsync(two, [], "elec2", CancellationToken.None))).Errors!.Keys.ShouldBe(["dataset"]);
    }

    private static async Task<JsonObject> TrainAsync(params string[] overrides) =>
        (await ComposeAsync(Yaml, overrides)).Steps.Single(s => s.Name == "train").With;
}
