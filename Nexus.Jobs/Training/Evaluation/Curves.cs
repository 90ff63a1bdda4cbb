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

    public static IReadOnlyList<CalibrationBin> Calibration(float[] scores, double[] labels) =>
    [
        .. scores.Zip(labels).GroupBy(s => Math.Min(Bins - 1, (int)(s.First * Bins))).OrderBy(g => g.Key)
            .Select(g => new CalibrationBin(g.Average(s => (double)s.First), Wilson(g.Count(s => s.Second == 1), g.Count()), g.Count())),
    ];

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
