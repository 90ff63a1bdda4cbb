using Nexus.Jobs.Registry.Explanations;
using Nexus.Jobs.Training;
using Nexus.Jobs.Training.Features;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Registry;

public sealed class PermutationImportanceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Importance_of_a_linear_model_without_noise_is_the_root_of_twice_its_variance()
    {
        // Shuffling x₁ of y = 3·x₁ + x₂ leaves errors 3·(x − x′): their mean square is 2·9·var(x), var(x) = 1/12.
        var table = KnownModel.Uniform(4_000, new(1), "x1", "x2", "unused");
        var model = KnownModel.Regression(x => (3 * x("x1")) + x("x2"));
        var labels = Array.ConvertAll(model.Score(table, Stop), s => (double)s);

        var found = PermutationImportance.Of(model, table, labels, ["unused", "x2", "x1"], "rmse", 7, _ => { }, Stop);

        found.Select(f => f.Feature).ShouldBe(["x1", "x2", "unused"]);
        found[0].Value.ShouldBe(3 * Math.Sqrt(1 / 6.0), 0.02);
        found[1].Value.ShouldBe(Math.Sqrt(1 / 6.0), 0.01);
        found.ShouldAllBe(f => f.Lower <= f.Value && f.Value <= f.Upper);
        (found[2].Value, found[2].Lower, found[2].Upper).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void Importance_of_a_feature_is_the_same_whatever_others_are_asked_for()
    {
        var table = KnownModel.Uniform(300, new(2), "a", "b", "c");
        var model = KnownModel.Binary(x => 0.2 + (0.6 * x("a")));
        var labels = Labels(model, table, new(3));

        var alone = PermutationImportance.Of(model, table, labels, ["a"], "auc", 7, _ => { }, Stop);
        var among = PermutationImportance.Of(model, table, labels, ["c", "b", "a"], "auc", 7, _ => { }, Stop);

        among[0].Value.ShouldBe(alone[0].Value);
    }

    [Fact]
    public void Interval_of_a_feature_that_tells_nothing_but_moves_the_score_covers_zero_at_its_rate()
    {
        const int Simulations = 300;
        var covered = 0;
        for (var s = 0; s < Simulations; s++)
        {
            var random = new SeededRandom(1000 + s);
            var table = KnownModel.Uniform(200, random, "true", "noise");
            var labels = Labels(KnownModel.Binary(x => 0.1 + (0.8 * x("true"))), table, random);
            var model = KnownModel.Binary(x => (0.7 * x("true")) + (0.3 * x("noise")));

            var found = PermutationImportance.Of(model, table, labels, ["noise"], "auc", s, _ => { }, Stop)[0];

            if (found.Lower <= 0 && found.Upper >= 0) covered++;
        }

        // 95 % of 300 is 285; less than 273 of them has a probability below 1 in 1000.
        covered.ShouldBeGreaterThanOrEqualTo(273);
    }

    [Fact]
    public void Interval_of_a_feature_that_tells_lies_above_zero()
    {
        var random = new SeededRandom(5);
        var table = KnownModel.Uniform(2_000, random, "true", "noise");
        var model = KnownModel.Binary(x => 0.1 + (0.8 * x("true")));

        var found = PermutationImportance.Of(model, table, Labels(model, table, random), ["true"], "auc", 1, _ => { }, Stop)[0];

        found.Lower.ShouldBeGreaterThan(0.15);
        found.Upper.ShouldBeLessThan(0.4);
    }

    private static double[] Labels(KnownModel model, RawTable table, SeededRandom random)
    {
        var scores = model.Score(table, Stop);
        return [.. Enumerable.Range(0, table.Rows).Select(r => random.Unit() < scores[(2 * r) + 1] ? 1.0 : 0)];
    }
}
