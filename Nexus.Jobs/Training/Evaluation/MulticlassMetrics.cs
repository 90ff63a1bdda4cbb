namespace Nexus.Jobs.Training.Evaluation;

/// <summary>Of more than two classes. macroF1: the mean of F1 over the classes that occur among labels or predictions.</summary>
/// <param name="predicted">The class with the highest score.</param>
/// <param name="labels">The class's place; negative for one that nothing can predict.</param>
/// <param name="losses">The log loss of each row.</param>
internal sealed class MulticlassMetrics(int classes, int[] predicted, double[] labels, double[] losses) : IMetricSet
{
    private readonly double[] _right = new double[classes];
    private readonly double[] _claimed = new double[classes];
    private readonly double[] _actual = new double[classes];

    public IReadOnlyList<string> Names => MetricNames.Multiclass;

    public void Compute(int[]? weights, Span<double> results)
    {
        double rows = 0, loss = 0, unknown = 0;
        foreach (var counts in new[] { _right, _claimed, _actual }) Array.Clear(counts);
        for (var r = 0; r < predicted.Length; r++)
        {
            double weight = weights?[r] ?? 1;
            if (weight == 0) continue;
            rows += weight;
            loss += weight * losses[r];
            _claimed[predicted[r]] += weight;
            if (labels[r] < 0) unknown += weight;
            else _actual[(int)labels[r]] += weight;
            if (labels[r] == predicted[r]) _right[predicted[r]] += weight;
        }

        var (sum, present) = (0.0, unknown > 0 ? 1 : 0);
        for (var c = 0; c < classes; c++)
        {
            if (_claimed[c] + _actual[c] == 0) continue;
            present++;
            sum += 2 * _right[c] / (_claimed[c] + _actual[c]);
        }

        results[0] = _right.Sum() / rows;
        results[1] = sum / present;
        results[2] = loss / rows;
    }
}
