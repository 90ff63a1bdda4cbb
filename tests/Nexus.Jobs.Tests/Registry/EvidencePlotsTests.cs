using CsCheck;
using Nexus.Data.Registry;
using Nexus.Jobs.Registry.Evidence;
using Nexus.Jobs.Training.Evaluation;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Registry;

public sealed class EvidencePlotsTests
{
    private static readonly float[] Scores = [0.9f, 0.8f, 0.8f, 0.6f, 0.4f, 0.3f, 0.2f, 0.1f];
    private static readonly double[] Labels = [1, 1, 0, 1, 0, 0, 1, 0];

    [Fact]
    public void Gain_of_a_known_order_is_the_textbooks()
    {
        var gain = EvidencePlots.Gain(Scores, Labels);

        // The two equal scores are taken together: there is no point after two rows.
        gain.Select(p => (p.X, p.Y)).ShouldBe([(0, 0), (0.125, 0.25), (0.375, 0.5), (0.5, 0.75), (0.625, 0.75), (0.75, 0.75), (0.875, 1), (1, 1)]);
    }

    [Fact]
    public void Cuts_count_what_lies_above_each_threshold()
    {
        var binary = EvidencePlots.Of(Binary(Scores, Labels), new Dictionary<string, MetricEstimate>()).Binary!;

        var half = binary.Cuts.Single(c => c.Threshold == 0.5);
        (half.TruePositives, half.FalsePositives, half.FalseNegatives, half.TrueNegatives).ShouldBe((3, 1, 1, 3));
        (half.Precision, half.Recall, half.F1, half.Accuracy).ShouldBe((0.75, 0.75, 0.75, 0.75));
        binary.Cuts[^1].Precision.ShouldBeNull();
        binary.Cuts[0].Recall.ShouldBe(1);
        binary.Share.ShouldBe(0.5);
        binary.Positives.Sum().ShouldBe(4);
        binary.Negatives.Sum().ShouldBe(4);
    }

    [Fact]
    public void Calibration_bins_hold_equally_many_rows_and_the_error_is_their_mean_distance()
    {
        var scores = Enumerable.Range(0, 1000).Select(i => (i + 0.5f) / 1000).ToArray();
        var labels = scores.Select((_, i) => i % 10 < i / 100 ? 1.0 : 0).ToArray();

        var bins = Curves.Calibration(scores, labels);

        bins.Count.ShouldBe(10);
        bins.ShouldAllBe(b => b.Rows == 100);
        bins[3].Predicted.ShouldBe(0.35, 1e-6);
        bins[3].Observed.Value.ShouldBe(0.3);
        Curves.CalibrationError(bins).ShouldBe(0.05, 1e-6);
    }

    [Fact]
    public void Calibration_keeps_equal_scores_in_one_bin()
    {
        var bins = Curves.Calibration([0.2f, 0.2f, 0.2f, 0.2f, 0.7f, 0.7f, 0.7f, 0.7f], [0, 0, 0, 1, 1, 1, 1, 0]);

        bins.Select(b => (b.Rows, b.Observed.Value)).ShouldBe([(4, 0.25), (4, 0.75)]);
    }

    [Fact]
    public void Confusions_of_many_classes_are_the_most_frequent_ones()
    {
        var rows = new ScoredRows(
            "multiclass", [.. Enumerable.Range(0, 77).Select(c => $"c{c:00}")], "r", "label", "rows", 6, [0, 0, 0, 1, 2, -1], [0.9f, 0.8f, 0.7f, 0.6f, 0.5f, 0.4f],
            [0, 1, 1, 1, 0, 5], [0.9f, 0.1f, 0.1f, 0.6f, 0.2f, 0], []);

        var found = EvidencePlots.Of(rows, new Dictionary<string, MetricEstimate>()).Multiclass!;

        found.Matrix.ShouldBeNull();
        found.Confusions.Select(c => (c.Actual, c.Predicted, c.Rows)).ShouldBe([("c00", "c01", 2), ("c02", "c00", 1)]);
        found.Confusions[0].Share.ShouldBe(2 / 3.0, 1e-12);
        var first = found.Classes[0];
        (first.Class, first.Rows, first.Precision!.Value, first.Recall!.Value).ShouldBe(("c00", 3, 0.5, 1 / 3.0));
        first.F1!.Value.ShouldBe(0.4, 1e-12);
        found.Classes.Single(c => c.Class == "c05").Recall.ShouldBeNull();
    }

    [Fact]
    public void Residuals_of_a_prediction_that_is_one_too_low_are_one()
    {
        float[] predicted = [.. Enumerable.Range(0, 400).Select(i => (float)i)];
        var rows = new ScoredRows("regression", [], "r", "y", "rows", 400, [.. predicted.Select(p => p + 1.0)], predicted, [], [], []);

        var found = EvidencePlots.Of(rows, new Dictionary<string, MetricEstimate>()).Regression!;

        found.Bins.Count.ShouldBe(20);
        found.Bins.ShouldAllBe(b => b.Low == 1 && b.Middle == 1 && b.High == 1 && b.Rows == 20);
        found.Bins[0].Actual.Value.ShouldBe(found.Bins[0].Predicted + 1, 1e-9);
        found.Residuals.Sum().ShouldBe(400);
    }

    [Fact]
    public void Rows_are_read_as_they_were_written() =>
        Gen.Int[0, 50].SelectMany(n => Gen.Select(Gen.Double.Array[n], Gen.Float.Array[n], Gen.Short.Array[n])).Sample((labels, scores, slices) =>
        {
            var rows = new ScoredRows("binary", ["nein", "jå\n"], "r", "label", "rows", labels.Length, labels, scores, [], [], [new("day", ["day = 1"], slices)]);
            var read = ScoredRows.Read(rows.Write());
            read.Labels.ShouldBe(rows.Labels);
            read.Scores.ShouldBe(rows.Scores);
            read.Classes.ShouldBe(rows.Classes);
            read.Slices.Single().Slice.ShouldBe(slices);
            read.IsPairedWith(rows).ShouldBeTrue();
        });

    [Fact]
    public void Sample_takes_different_rows_in_order_and_the_same_ones_again()
    {
        var sample = RowSample.Of(10_000, 500);

        sample.Length.ShouldBe(500);
        sample.ShouldBe(sample.Distinct().Order());
        sample.ShouldBe(RowSample.Of(10_000, 500));
        sample.Average().ShouldBeInRange(4_500, 5_500);
        RowSample.Of(7, 500).ShouldBe([0, 1, 2, 3, 4, 5, 6]);
    }

    private static ScoredRows Binary(float[] scores, double[] labels) =>
        new("binary", ["no", "yes"], "r", "label", "rows", labels.Length, labels, scores, [], [], []);
}
