using Nexus.Data.Registry;
using Nexus.Jobs.Training.Evaluation;

namespace Nexus.Jobs.Registry.Evidence;

/// <summary>From every row's answer to what is drawn.</summary>
internal static class EvidencePlots
{
    public const int ScoreBins = 40;
    private const int MostPoints = 200;
    private const int Cuts = 101;
    private const int ResidualBins = 20;
    private const int MostDrawn = 500;
    private const int MostConfusions = 20;
    private const int LargestMatrix = 12;

    public static ModelEvidence Of(ScoredRows rows, IReadOnlyDictionary<string, MetricEstimate> metrics) => new(
        rows.Task, rows.Classes, rows.RowsAre, rows.Rows, rows.TotalRows, metrics,
        rows.Task == "binary" ? Binary(rows) : null,
        rows.Task == "multiclass" ? Multiclass(rows) : null,
        rows.Task == "regression" ? Regression(rows) : null);

    /// <summary>Share of the rows by descending score against the share of all positives among them; equal scores together.</summary>
    public static IReadOnlyList<CurvePoint> Gain(float[] scores, double[] labels)
    {
        var order = Descending(scores);
        double positives = labels.Count(l => l == 1);
        if (positives == 0) return [];
        var points = new List<CurvePoint> { new(0, 0, null) };
        var found = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (labels[order[i]] == 1) found++;
            var ends = i == order.Length - 1 || scores[order[i]] != scores[order[i + 1]];
            if (ends && ((i + 1) * (long)MostPoints / order.Length > (long)(points[^1].X * MostPoints + 1e-9) || i == order.Length - 1))
                points.Add(new((i + 1.0) / order.Length, found / positives, scores[order[i]]));
        }

        return points;
    }

    private static BinaryEvidence Binary(ScoredRows rows)
    {
        var bins = Curves.Calibration(rows.Scores, rows.Labels);
        return new(
            Curves.Roc(rows.Scores, rows.Labels), Curves.PrecisionRecall(rows.Scores, rows.Labels), bins, Curves.CalibrationError(bins),
            Gain(rows.Scores, rows.Labels),
            Histogram(rows.Scores, r => rows.Labels[r] != 1), Histogram(rows.Scores, r => rows.Labels[r] == 1),
            Thresholds(rows.Scores, rows.Labels), rows.Labels.Count(l => l == 1) / (double)rows.Rows);
    }

    private static List<ThresholdCut> Thresholds(float[] scores, double[] labels)
    {
        var cuts = new List<ThresholdCut>(Cuts);
        for (var c = 0; c < Cuts; c++)
        {
            var threshold = c / (double)(Cuts - 1);
            var (truly, falsely, missed, rightly) = (0, 0, 0, 0);
            for (var r = 0; r < scores.Length; r++)
            {
                var claimed = scores[r] > threshold;
                if (labels[r] == 1) _ = claimed ? truly++ : missed++;
                else _ = claimed ? falsely++ : rightly++;
            }

            cuts.Add(new(threshold, truly, falsely, missed, rightly));
        }

        return cuts;
    }

    private static MulticlassEvidence Multiclass(ScoredRows rows)
    {
        var pairs = new Dictionary<(int Actual, int Predicted), int>();
        for (var r = 0; r < rows.Rows; r++)
            if (rows.Labels[r] >= 0) pairs[((int)rows.Labels[r], rows.Predicted[r])] = pairs.GetValueOrDefault(((int)rows.Labels[r], rows.Predicted[r])) + 1;
        var (actual, claimed) = (new int[rows.Classes.Count], new int[rows.Classes.Count]);
        foreach (var ((a, _), n) in pairs) actual[a] += n;
        foreach (var p in rows.Predicted) claimed[p]++;
        var right = Array.ConvertAll(rows.Predicted, p => (double)p).Zip(rows.Labels, (p, l) => p == l ? 1.0 : 0.0).ToArray();
        var bins = Curves.Calibration(rows.Scores, right);
        return new(
            [.. Enumerable.Range(0, rows.Classes.Count).Select(Class).OrderByDescending(c => c.Rows).ThenBy(c => c.Class, StringComparer.Ordinal)],
            [.. pairs.Where(p => p.Key.Actual != p.Key.Predicted).OrderByDescending(p => p.Value).ThenBy(p => p.Key).Take(MostConfusions)
                .Select(p => new ClassConfusion(rows.Classes[p.Key.Actual], rows.Classes[p.Key.Predicted], p.Value, (double)p.Value / actual[p.Key.Actual]))],
            rows.Classes.Count > LargestMatrix ? null : new(rows.Classes, [.. Enumerable.Range(0, rows.Classes.Count).Select(a =>
                (IReadOnlyList<int>)[.. Enumerable.Range(0, rows.Classes.Count).Select(p => pairs.GetValueOrDefault((a, p)))])]),
            bins, Curves.CalibrationError(bins), Histogram(rows.Scores, r => right[r] == 0), Histogram(rows.Scores, r => right[r] == 1));

        ClassEvidence Class(int at)
        {
            var hits = pairs.GetValueOrDefault((at, at));
            return new(
                rows.Classes[at], actual[at], claimed[at] == 0 ? null : Curves.Wilson(hits, claimed[at]), actual[at] == 0 ? null : Curves.Wilson(hits, actual[at]),
                actual[at] + claimed[at] == 0 ? null : 2.0 * hits / (actual[at] + claimed[at]));
        }
    }

    private static RegressionEvidence Regression(ScoredRows rows)
    {
        var order = Descending(rows.Scores);
        Array.Reverse(order);
        var parts = Math.Min(ResidualBins, Math.Max(1, rows.Rows / 10));
        var residuals = rows.Labels.Zip(rows.Scores, (l, s) => l - s).ToArray();
        var sorted = residuals.Order().ToArray();
        // Beyond these ends lie a thousandth of the rows; they are counted in the outermost bins.
        var (low, high) = (sorted[(int)(0.001 * (sorted.Length - 1))], sorted[(int)(0.999 * (sorted.Length - 1))]);
        var counts = new double[ScoreBins];
        foreach (var residual in residuals) counts[high > low ? Math.Clamp((int)((residual - low) / (high - low) * ScoreBins), 0, ScoreBins - 1) : 0]++;
        return new(
            [.. Enumerable.Range(0, parts).Select(p => Part(order[(int)((long)rows.Rows * p / parts)..(int)((long)rows.Rows * (p + 1) / parts)])).Where(b => b.Rows > 0)],
            [.. RowSample.Of(rows.Rows, MostDrawn).Select(r => new CurvePoint(rows.Scores[r], rows.Labels[r], null))], counts, low, high);

        ResidualBin Part(int[] members)
        {
            var off = members.Select(r => residuals[r]).Order().ToArray();
            if (off.Length == 0) return new(0, new(0), 0, 0, 0, 0);
            var mean = members.Average(r => rows.Labels[r]);
            var deviation = Math.Sqrt(members.Sum(r => (rows.Labels[r] - mean) * (rows.Labels[r] - mean)) / Math.Max(1, members.Length - 1));
            var half = 1.959963984540054 * deviation / Math.Sqrt(members.Length);
            return new(members.Average(r => (double)rows.Scores[r]), new(mean, mean - half, mean + half), off[(int)(0.1 * (off.Length - 1))], off[off.Length / 2], off[(int)(0.9 * (off.Length - 1))], off.Length);
        }
    }

    private static int[] Descending(float[] scores)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort(Array.ConvertAll(scores, s => -s), order);
        return order;
    }

    private static double[] Histogram(float[] scores, Func<int, bool> belongs)
    {
        var counts = new double[ScoreBins];
        for (var r = 0; r < scores.Length; r++) if (belongs(r)) counts[Math.Clamp((int)(scores[r] * ScoreBins), 0, ScoreBins - 1)]++;
        return counts;
    }
}
