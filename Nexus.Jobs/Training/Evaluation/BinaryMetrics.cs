namespace Nexus.Jobs.Training.Evaluation;

/// <summary>
/// Of two classes. auc: Mann-Whitney with ties counted half. A row counts as positive where its score is above one half. Scores are kept
/// 1.2e-7 (float32's precision) away from 0 and 1 for the log loss.
/// </summary>
internal sealed class BinaryMetrics : IMetricSet
{
    private readonly float[] _scores;
    private readonly bool[] _positive;
    private readonly bool[] _known;
    private readonly bool[] _predicted;
    private readonly double[] _losses;
    private readonly int[] _order;

    /// <param name="scores">Of the positive class.</param>
    /// <param name="labels">1 positive, 0 negative; anything else is a class that nothing can predict.</param>
    public BinaryMetrics(float[] scores, double[] labels)
    {
        _scores = scores;
        _positive = Array.ConvertAll(labels, l => l == 1);
        _known = Array.ConvertAll(labels, l => l >= 0);
        _predicted = Array.ConvertAll(scores, s => s > 0.5f);
        _losses = new double[scores.Length];
        for (var r = 0; r < scores.Length; r++) _losses[r] = Predictions.LogLoss(_positive[r] ? scores[r] : 1 - (double)scores[r]);
        _order = new int[scores.Length];
        for (var r = 0; r < _order.Length; r++) _order[r] = r;
        Array.Sort((float[])scores.Clone(), _order);
    }

    public IReadOnlyList<string> Names => MetricNames.Binary;

    public void Compute(int[]? weights, Span<double> results)
    {
        double rows = 0, right = 0, found = 0, claimed = 0, positives = 0, loss = 0, brier = 0;
        for (var r = 0; r < _scores.Length; r++)
        {
            double weight = weights?[r] ?? 1;
            if (weight == 0) continue;
            rows += weight;
            if (_positive[r]) positives += weight;
            if (_predicted[r]) claimed += weight;
            if (_predicted[r] && _positive[r]) found += weight;
            if (_known[r] && _predicted[r] == _positive[r]) right += weight;
            var miss = _scores[r] - (_positive[r] ? 1.0 : 0.0);
            loss += weight * _losses[r];
            brier += weight * miss * miss;
        }

        results[0] = Auc(weights, positives, rows - positives);
        results[1] = right / rows;
        results[2] = claimed + positives > 0 ? 2 * found / (claimed + positives) : double.NaN;
        results[3] = claimed > 0 ? found / claimed : positives > 0 ? 0 : double.NaN;
        results[4] = found / positives;
        results[5] = loss / rows;
        results[6] = brier / rows;
    }

    private double Auc(int[]? weights, double positives, double negatives)
    {
        double below = 0, area = 0;
        for (var at = 0; at < _order.Length;)
        {
            var score = _scores[_order[at]];
            double tiedPositives = 0, tiedNegatives = 0;
            for (; at < _order.Length && _scores[_order[at]] == score; at++)
            {
                double weight = weights?[_order[at]] ?? 1;
                if (_positive[_order[at]]) tiedPositives += weight;
                else tiedNegatives += weight;
            }

            area += tiedPositives * (below + (tiedNegatives / 2));
            below += tiedNegatives;
        }

        return area / (positives * negatives);
    }
}
