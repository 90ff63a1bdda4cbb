namespace Nexus.Jobs.Training.Evaluation;

/// <summary>Of numbers. r2 is undefined where all labels are equal.</summary>
internal sealed class RegressionMetrics(float[] predicted, double[] labels) : IMetricSet
{
    public IReadOnlyList<string> Names => MetricNames.Regression;

    public void Compute(int[]? weights, Span<double> results)
    {
        double rows = 0, sum = 0, squares = 0, absolute = 0, spread = 0;
        for (var r = 0; r < labels.Length; r++)
        {
            double weight = weights?[r] ?? 1;
            var miss = predicted[r] - labels[r];
            rows += weight;
            sum += weight * labels[r];
            squares += weight * miss * miss;
            absolute += weight * Math.Abs(miss);
        }

        var mean = sum / rows;
        for (var r = 0; r < labels.Length; r++) spread += (weights?[r] ?? 1) * (labels[r] - mean) * (labels[r] - mean);
        results[0] = Math.Sqrt(squares / rows);
        results[1] = absolute / rows;
        results[2] = spread > 0 ? 1 - (squares / spread) : double.NaN;
    }
}
