using Nexus.Data.Datasets;
using Nexus.Jobs.Training.Evaluation;
using Nexus.Jobs.Training.Features;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Training;

/// <summary>Against figures worked out by hand.</summary>
public sealed class MetricTests
{
    // Scores of the positive class and labels; (0.4, 0.4) is tied across the classes.
    private static readonly float[] Scores = [0.1f, 0.4f, 0.4f, 0.8f, 0.9f];
    private static readonly double[] Labels = [0, 0, 1, 0, 1];

    [Fact]
    public void Binary_metrics_have_their_known_values()
    {
        var found = Compute(new BinaryMetrics(Scores, Labels));
        found["auc"].ShouldBe(4.5 / 6, 1e-12); // of 2 × 3 pairs: 4 won, one tied, one lost
        found["accuracy"].ShouldBe(0.6, 1e-12);
        found["precision"].ShouldBe(0.5, 1e-12);
        found["recall"].ShouldBe(0.5, 1e-12);
        found["f1"].ShouldBe(0.5, 1e-12);
        found["brier"].ShouldBe((0.01 + 0.16 + 0.36 + 0.64 + 0.01) / 5, 1e-7);
        found["logLoss"].ShouldBe(-(Math.Log(0.9) + Math.Log(0.6) + Math.Log(0.4) + Math.Log(0.2) + Math.Log(0.9)) / 5, 1e-6);
    }

    [Fact]
    public void Weights_count_rows_as_often_as_copies_would()
    {
        int[] weights = [2, 0, 3, 1, 1];
        int[] copies = [0, 0, 2, 2, 2, 3, 4];
        var set = new BinaryMetrics(Scores, Labels);
        var weighted = new double[set.Names.Count];
        set.Compute(weights, weighted);
        var copied = Compute(new BinaryMetrics([.. copies.Select(c => Scores[c])], [.. copies.Select(c => Labels[c])]));
        for (var m = 0; m < weighted.Length; m++) weighted[m].ShouldBe(copied[set.Names[m]], 1e-12);
    }

    [Fact]
    public void Auc_of_a_single_class_is_undefined_and_left_out() =>
        Bootstrap.Estimate(new BinaryMetrics([0.2f, 0.7f], [1, 1]), 2, 1, CancellationToken.None).ShouldNotContainKey("auc");

    [Fact]
    public void Multiclass_metrics_have_their_known_values()
    {
        // Actual a a b b c, predicted a b b b a: F1 of a 2·1/(2+2), of b 2·2/(2+3), of c 0.
        var predictions = new Predictions("multiclass", 3,
            [0.6f, 0.3f, 0.1f, 0.2f, 0.5f, 0.3f, 0.1f, 0.8f, 0.1f, 0.1f, 0.7f, 0.2f, 0.5f, 0.25f, 0.25f], [0, 0, 1, 1, 2]);
        var found = Compute(predictions.Metrics());
        found["accuracy"].ShouldBe(0.6, 1e-12);
        found["macroF1"].ShouldBe((0.5 + 0.8 + 0) / 3, 1e-12);
        found["logLoss"].ShouldBe(-(Math.Log(0.6) + Math.Log(0.2) + Math.Log(0.8) + Math.Log(0.7) + Math.Log(0.25)) / 5, 1e-6);
        Curves.Confusion(predictions, ["a", "b", "c"]).Counts.Select(c => string.Join(',', c)).ShouldBe(["1,1,0", "0,2,0", "1,0,0"]);
    }

    [Fact]
    public void Regression_metrics_have_their_known_values()
    {
        var found = Compute(new RegressionMetrics([2, 4, 7], [1, 4, 10]));
        found["rmse"].ShouldBe(Math.Sqrt(10.0 / 3), 1e-12);
        found["mae"].ShouldBe(4.0 / 3, 1e-12);
        found["r2"].ShouldBe(1 - (10.0 / 42), 1e-12);
    }

    [Fact]
    public void Interval_of_an_accuracy_is_that_of_a_binomial_share()
    {
        float[] scores = [.. Enumerable.Range(0, 2000).Select(i => i % 4 == 0 ? 0.2f : 0.8f)];
        var estimate = Bootstrap.Estimate(new BinaryMetrics(scores, [.. scores.Select(_ => 1.0)]), scores.Length, 7, CancellationToken.None)["accuracy"];
        var deviation = Math.Sqrt(0.75 * 0.25 / 2000);
        estimate.Lower!.Value.ShouldBe(0.75 - (1.96 * deviation), 0.003);
        estimate.Upper!.Value.ShouldBe(0.75 + (1.96 * deviation), 0.003);
    }

    [Fact]
    public void Difference_of_a_model_to_itself_is_nothing()
    {
        var (first, second) = (new BinaryMetrics(Scores, Labels), new BinaryMetrics(Scores, Labels));
        foreach (var (_, estimate) in Bootstrap.Difference(first, second, 5, 1, CancellationToken.None)) estimate.ShouldBe(new(0, 0, 0));
    }

    [Fact]
    public void Curves_begin_and_end_where_they_must()
    {
        var roc = Curves.Roc(Scores, Labels);
        roc.Select(p => (p.X, p.Y)).ShouldBe([(0, 0), (0, 0.5), (1.0 / 3, 0.5), (2.0 / 3, 1), (1, 1)]);
        var last = Curves.PrecisionRecall(Scores, Labels)[^1];
        (last.X, last.Y).ShouldBe((1, 0.4));
        Curves.Wilson(8, 10).Lower!.Value.ShouldBe(0.4902, 1e-4);
        Curves.Wilson(8, 10).Upper!.Value.ShouldBe(0.9433, 1e-4);
    }

    [Fact]
    public void Slices_of_a_column_of_many_numbers_are_quartiles_and_the_missing()
    {
        var raw = new RawColumn(Numbers: [.. Enumerable.Range(1, 100).Select(i => (float)i), float.NaN]);
        var slices = Slicer.Slices(new DatasetColumn("x", "number"), raw).ToList();
        slices.Select(s => s.Name).ShouldBe(["x ≤ 25", "25 < x ≤ 50", "50 < x ≤ 75", "x > 75", "x = (missing)"]);
        slices.Sum(s => s.Rows.Count).ShouldBe(101);
    }

    [Fact]
    public void Gate_of_a_loss_counts_less_as_better()
    {
        var options = new EvaluateOptions { Beat = new(new Dictionary<string, EvaluateOptions.Margin> { ["logLoss"] = new(0.05) }) };
        var gates = new Gates(options, new Dictionary<string, Nexus.Data.Registry.MetricEstimate> { ["logLoss"] = new(0.6) }, []);
        gates.Beat(Against(-0.1), "", false).Single().Passed.ShouldBeTrue();
        var missed = gates.Beat(Against(0.1), "", false).Single();
        missed.Passed.ShouldBeFalse();
        missed.Text.ShouldBe("logLoss is 0.6, 0.1 worse than the 0.5 of m 1 in Production, which misses the margin of 0.05");
        gates.Beat(null, "it cannot be scored", isObstacle: true).Single().Passed.ShouldBeFalse();

        static Nexus.Data.Registry.ProductionComparison Against(double difference) => new(
            "m", 1, new Dictionary<string, Nexus.Data.Registry.MetricEstimate> { ["logLoss"] = new(0.6 - difference) }, new Dictionary<string, Nexus.Data.Registry.MetricEstimate> { ["logLoss"] = new(difference) });
    }

    private static Dictionary<string, double> Compute(IMetricSet set)
    {
        var values = new double[set.Names.Count];
        set.Compute(null, values);
        return set.Names.Zip(values).ToDictionary(m => m.First, m => m.Second);
    }
}
