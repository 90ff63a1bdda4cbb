using Nexus.Data.Registry;
using Nexus.Jobs.Training;
using Nexus.Jobs.Training.Evaluation;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>
/// How much worse the metric gets when one feature's values are shuffled among the rows (Breiman 2001; Fisher, Rudin, Dominici 2019), the mean of
/// several seeded shuffles. The interval is a percentile bootstrap over both: rows are drawn with replacement, and shuffles too.
/// </summary>
internal static class PermutationImportance
{
    public const int Repeats = 10;
    private const int Most = 200;
    private const int Fewest = 60;
    private const long Draws = 1_000_000_000;

    /// <param name="labels">As the metrics take them: the class's place, or the number.</param>
    /// <param name="progress">0…1.</param>
    /// <returns>Every feature in the table, the most important first.</returns>
    public static IReadOnlyList<FeatureImportance> Of(
        ITableModel model, RawTable table, double[] labels, IReadOnlyList<string> features, string metric, int seed, Action<double> progress, CancellationToken ct)
    {
        var found = new List<FeatureImportance>(features.Count);
        var plain = model.Score(table, ct);
        var replicates = (int)Math.Clamp(Draws / Math.Max(1L, (long)features.Count * table.Rows * Repeats), Fewest, Most);
        foreach (var (at, feature) in features.Index())
        {
            // A seed of its own: a feature's figure does not depend on which others there are.
            var random = new SeededRandom(seed + ((long)Murmur3.Hash(feature) << 16));
            var shuffled = Enumerable.Range(0, Repeats).Select(_ => model.Score(Shuffled(table, feature, random), ct)).ToArray();
            found.Add(shuffled.All(s => s.AsSpan().SequenceEqual(plain))
                ? new(feature, 0, 0, 0)
                : Estimate(feature, model, plain, shuffled, labels, metric, replicates, random, ct));
            progress((at + 1.0) / features.Count);
        }

        return [.. found.OrderByDescending(f => f.Value).ThenBy(f => f.Feature, StringComparer.Ordinal)];
    }

    /// <summary>The metric that is to be lost: of two classes how well they are ranked, where both occur.</summary>
    public static string MetricOf(string task, double[] labels) => task switch
    {
        "binary" => labels.Contains(1) && labels.Contains(0) ? "auc" : "accuracy",
        "multiclass" => "accuracy",
        _ => "rmse",
    };

    private static RawTable Shuffled(RawTable table, string feature, SeededRandom random)
    {
        var order = Enumerable.Range(0, table.Rows).ToArray();
        random.Shuffle(order);
        return table with { Columns = new Dictionary<string, RawColumn>(table.Columns, StringComparer.Ordinal) { [feature] = table.Columns[feature].Take(order) } };
    }

    private static FeatureImportance Estimate(
        string feature, ITableModel model, float[] plain, float[][] shuffled, double[] labels, string metric, int replicates, SeededRandom random, CancellationToken ct)
    {
        var first = new Predictions(model.Task, model.Classes.Count, plain, labels).Metrics();
        var others = Array.ConvertAll(shuffled, s => new Predictions(model.Task, model.Classes.Count, s, labels).Metrics());
        var (at, sign) = (first.Names.Index().First(n => n.Item == metric).Index, MetricNames.LessIsBetter(metric) ? -1 : 1);
        var values = new double[first.Names.Count];
        var drawn = new List<double>(replicates);
        var weights = new int[labels.Length];
        for (var b = 0; b < replicates; b++)
        {
            ct.ThrowIfCancellationRequested();
            Array.Clear(weights);
            for (var i = 0; i < weights.Length; i++) weights[random.Below(weights.Length)]++;
            var before = Value(first, weights);
            var lost = 0.0;
            for (var k = 0; k < others.Length; k++) lost += before - Value(others[random.Below(others.Length)], weights);
            if (double.IsFinite(lost)) drawn.Add(sign * lost / others.Length);
        }

        var whole = Value(first, null);
        var mean = sign * others.Average(o => whole - Value(o, null));
        drawn.Sort();
        return drawn.Count == 0 ? new(feature, mean, mean, mean) : new(feature, mean, drawn[(int)(0.025 * (drawn.Count - 1))], drawn[(int)Math.Ceiling(0.975 * (drawn.Count - 1))]);

        double Value(IMetricSet set, int[]? counts)
        {
            set.Compute(counts, values);
            return values[at];
        }
    }
}
