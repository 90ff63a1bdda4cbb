namespace Nexus.Jobs.Training.Evaluation;

/// <summary>What a model answers on labelled rows.</summary>
/// <param name="Scores">[rows · classes], row by row; for regression [rows].</param>
/// <param name="Labels">The class's place (negative: a class the model does not know), or the number.</param>
internal sealed record Predictions(string Task, int Classes, float[] Scores, double[] Labels)
{
    private const double Precision = 1.1920929e-7;

    public int Rows => Labels.Length;

    /// <summary>Binary: of the positive class.</summary>
    public float[] PositiveScores => [.. Enumerable.Range(0, Rows).Select(r => Scores[(r * 2) + 1])];

    public static double LogLoss(double probability) => -Math.Log(Math.Clamp(probability, Precision, 1 - Precision));

    /// <summary>The first of the classes with the highest score, as the model's own label.</summary>
    public int Predicted(int row)
    {
        var scores = Scores.AsSpan(row * Classes, Classes);
        var best = 0;
        for (var c = 1; c < Classes; c++) if (scores[c] > scores[best]) best = c;
        return best;
    }

    public Predictions Take(IReadOnlyList<int> rows)
    {
        var width = Task == "regression" ? 1 : Classes;
        var scores = new float[rows.Count * width];
        for (var i = 0; i < rows.Count; i++) Array.Copy(Scores, rows[i] * width, scores, i * width, width);
        return this with { Scores = scores, Labels = [.. rows.Select(r => Labels[r])] };
    }

    public IMetricSet Metrics() => Task switch
    {
        "binary" => new BinaryMetrics(PositiveScores, Labels),
        "multiclass" => new MulticlassMetrics(Classes, [.. Enumerable.Range(0, Rows).Select(Predicted)], Labels, [.. Enumerable.Range(0, Rows).Select(Loss)]),
        _ => new RegressionMetrics(Scores, Labels),
    };

    private double Loss(int row) => LogLoss(Labels[row] < 0 ? 0 : Scores[(row * Classes) + (int)Labels[row]]);
}
