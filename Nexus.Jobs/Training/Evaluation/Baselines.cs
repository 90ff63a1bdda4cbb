using Nexus.Data.Registry;

namespace Nexus.Jobs.Training.Evaluation;

/// <summary>Predictors that need no model.</summary>
internal static class Baselines
{
    /// <param name="counts">Training rows per class, in the order of the scores; empty for regression.</param>
    /// <param name="mean">Of the training labels; for regression.</param>
    public static IEnumerable<EvaluationBaseline> Of(
        Predictions predictions, IReadOnlyList<string> classes, IReadOnlyList<long> counts, double mean, bool inTimeOrder)
    {
        yield return predictions.Task == "regression"
            ? new("mean", FormattableString.Invariant($"always the training mean, {mean:G4}"), Metrics(predictions with { Scores = Same([(float)mean], predictions.Rows) }))
            : new("majority", $"always '{classes[Largest(counts)]}', with the training shares as scores", Metrics(predictions with { Scores = Same(Shares(counts), predictions.Rows) }));
        if (inTimeOrder && predictions.Rows > 1)
            yield return new("previous", "the label of the row before", Previous(predictions));
    }

    // The scores are all or nothing, so only what is counted by labels means something.
    private static Dictionary<string, double> Previous(Predictions predictions)
    {
        var later = predictions.Take([.. Enumerable.Range(1, predictions.Rows - 1)]);
        var before = predictions.Labels[..^1];
        if (predictions.Task == "regression") return Metrics(later with { Scores = Array.ConvertAll(before, b => (float)b) });
        var scores = new float[before.Length * predictions.Classes];
        for (var r = 0; r < before.Length; r++) if (before[r] >= 0) scores[(r * predictions.Classes) + (int)before[r]] = 1;
        return Metrics(later with { Scores = scores }).Where(m => m.Key is "accuracy" or "f1" or "precision" or "recall" or "macroF1")
            .ToDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, double> Metrics(Predictions predictions)
    {
        var set = predictions.Metrics();
        var values = new double[set.Names.Count];
        set.Compute(null, values);
        return set.Names.Zip(values).Where(m => double.IsFinite(m.Second)).ToDictionary(m => m.First, m => m.Second, StringComparer.Ordinal);
    }

    private static float[] Shares(IReadOnlyList<long> counts) => [.. counts.Select(c => (float)((double)c / counts.Sum()))];

    private static int Largest(IReadOnlyList<long> counts) => Enumerable.Range(0, counts.Count).MaxBy(c => counts[c]);

    private static float[] Same(float[] row, int rows) => [.. Enumerable.Repeat(row, rows).SelectMany(r => r)];
}
