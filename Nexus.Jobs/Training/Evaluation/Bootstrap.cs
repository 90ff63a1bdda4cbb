using Nexus.Data.Registry;

namespace Nexus.Jobs.Training.Evaluation;

/// <summary>
/// Percentile intervals (Efron and Tibshirani 1993, chapter 13): rows drawn with replacement, the metrics computed under each
/// draw's counts. Several sets of predictions share the draws, so that their difference is paired by row.
/// </summary>
internal static class Bootstrap
{
    private const int Replicates = 500;
    private const int FewestReplicates = 100;
    private const long Draws = 50_000_000;

    /// <summary>The metrics with their 95 % intervals; those that the rows do not define are left out.</summary>
    public static Dictionary<string, MetricEstimate> Estimate(IMetricSet set, int rows, int seed, CancellationToken ct) =>
        Estimates([set], rows, seed, values => values[0], ct);

    /// <summary>First set − second set.</summary>
    public static Dictionary<string, MetricEstimate> Difference(IMetricSet first, IMetricSet second, int rows, int seed, CancellationToken ct) =>
        Estimates([first, second], rows, seed, values => values[0] - values[1], ct);

    private static Dictionary<string, MetricEstimate> Estimates(
        IMetricSet[] sets, int rows, int seed, Func<double[], double> combine, CancellationToken ct)
    {
        var names = sets[0].Names;
        var replicates = (int)Math.Clamp(Draws / Math.Max(1, rows), FewestReplicates, Replicates);
        var point = Compute(sets, null, names.Count, combine);
        var drawn = new List<double>[names.Count];
        for (var m = 0; m < drawn.Length; m++) drawn[m] = new(replicates);
        var random = new SeededRandom(seed);
        var weights = new int[rows];
        for (var b = 0; b < replicates; b++)
        {
            ct.ThrowIfCancellationRequested();
            Array.Clear(weights);
            for (var i = 0; i < rows; i++) weights[random.Below(rows)]++;
            var values = Compute(sets, weights, names.Count, combine);
            for (var m = 0; m < values.Length; m++) if (double.IsFinite(values[m])) drawn[m].Add(values[m]);
        }

        var estimates = new Dictionary<string, MetricEstimate>(StringComparer.Ordinal);
        for (var m = 0; m < names.Count; m++)
        {
            if (!double.IsFinite(point[m])) continue;
            drawn[m].Sort();
            // Where half of the draws leave the metric undefined, the rest says too little.
            estimates[names[m]] = drawn[m].Count * 2 < replicates
                ? new(point[m])
                : new(point[m], Quantile(drawn[m], 0.025), Quantile(drawn[m], 0.975));
        }

        return estimates;
    }

    private static double[] Compute(IMetricSet[] sets, int[]? weights, int metrics, Func<double[], double> combine)
    {
        var all = new double[sets.Length][];
        for (var s = 0; s < sets.Length; s++) sets[s].Compute(weights, all[s] = new double[metrics]);
        return [.. Enumerable.Range(0, metrics).Select(m => combine([.. all.Select(v => v[m])]))];
    }

    private static double Quantile(List<double> sorted, double at)
    {
        var place = at * (sorted.Count - 1);
        var low = (int)place;
        return sorted[low] + ((place - low) * (sorted[Math.Min(low + 1, sorted.Count - 1)] - sorted[low]));
    }
}
