using Nexus.Data.Registry;

namespace Nexus.Jobs.Training.Evaluation;

/// <summary>The plots of two classes.</summary>
internal static class Curves
{
    private const int MostPoints = 200;
    private const int Bins = 10;

    public static IReadOnlyList<CurvePoint> Roc(float[] scores, double[] labels)
    {
        var steps = Steps(scores, labels);
        var (positives, negatives) = (steps[^1].True, steps[^1].False);
        if (positives == 0 || negatives == 0) return [];
        return [new(0, 0, null), .. Thin(steps).Select(s => new CurvePoint((double)s.False / negatives, (double)s.True / positives, s.Threshold))];
    }

    public static IReadOnlyList<CurvePoint> PrecisionRecall(float[] scores, double[] labels)
    {
        var steps = Steps(scores, labels);
        var positives = steps[^1].True;
        if (positives == 0) return [];
        return [.. Thin(steps).Select(s => new CurvePoint((double)s.True / positives, (double)s.True / (s.True + s.False), s.Threshold))];
    }

    /// <summary>Ten bins of equally many rows by score; equal scores stay in one bin, so there may be fewer.</summary>
    public static IReadOnlyList<CalibrationBin> Calibration(float[] scores, double[] labels)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort((float[])scores.Clone(), order);
        var bins = new List<CalibrationBin>(Bins);
        for (var (from, bin) = (0, 1); from < order.Length; bin++)
        {
            var to = Math.Max(from + 1, (int)((long)bin * order.Length / Bins));
            while (to < order.Length && scores[order[to]] == scores[order[to - 1]]) to++;
            var (sum, hits) = (0.0, 0);
            for (var i = from; i < to; i++)
            {
                sum += scores[order[i]];
                if (labels[order[i]] == 1) hits++;
            }

            bins.Add(new(sum / (to - from), Wilson(hits, to - from), to - from));
            from = to;
        }

        return bins;
    }

    /// <summary>Expected calibration error: how far score and truth are apart in a bin, on average over the rows.</summary>
    public static double CalibrationError(IReadOnlyList<CalibrationBin> bins)
    {
        double rows = bins.Sum(b => b.Rows);
        return rows == 0 ? 0 : bins.Sum(b => b.Rows / rows * Math.Abs(b.Predicted - b.Observed.Value));
    }

    public static ConfusionMatrix Confusion(Predictions predictions, IReadOnlyList<string> classes)
    {
        var counts = new int[classes.Count][];
        for (var c = 0; c < counts.Length; c++) counts[c] = new int[classes.Count];
        for (var r = 0; r < predictions.Rows; r++)
            if (predictions.Labels[r] >= 0) counts[(int)predictions.Labels[r]][predictions.Predicted(r)]++;
        return new(classes, counts);
    }

    /// <summary>A share with its 95 % score interval (Wilson 1927).</summary>
    public static MetricEstimate Wilson(int hits, int rows)
    {
        const double z = 1.959963984540054;
        var share = (double)hits / rows;
        var middle = (share + (z * z / (2 * rows))) / (1 + (z * z / rows));
        var half = z / (1 + (z * z / rows)) * Math.Sqrt((share * (1 - share) / rows) + (z * z / (4.0 * rows * rows)));
        return new(share, middle - half, middle + half);
    }

    // One step per distinct score, by descending score: what counts as positive from it upwards.
    private static List<(double Threshold, int True, int False)> Steps(float[] scores, double[] labels)
    {
        var steps = new List<(double Threshold, int True, int False)>();
        var (truly, falsely) = (0, 0);
        foreach (var group in scores.Zip(labels).GroupBy(s => s.First).OrderByDescending(g => g.Key))
        {
            foreach (var (_, label) in group) _ = label == 1 ? truly++ : falsely++;
            steps.Add((group.Key, truly, falsely));
        }

        return steps;
    }

    private static IEnumerable<T> Thin<T>(List<T> steps)
    {
        var points = Math.Min(steps.Count, MostPoints - 1);
        return Enumerable.Range(1, points).Select(p => steps[(int)((long)p * steps.Count / points) - 1]);
    }
}
