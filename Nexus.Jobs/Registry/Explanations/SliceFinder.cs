using System.Globalization;
using MathNet.Numerics.Distributions;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Inference.Onnx;
using Nexus.Jobs.Training;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>
/// Finds where errors are larger: a regression tree of at most three levels over the errors of one half of the rows (CART, Breiman et al. 1984), each leaf
/// estimated on the other half (the honest split of Athey and Imbens 2016). Intervals are Welch's, widened after Bonferroni for the
/// number of leaves: on errors without any pattern a leaf is called worse in about one search of forty.
/// </summary>
internal static class SliceFinder
{
    private const int MostLevels = 3;
    private const int FewestRows = 50;
    private const int MostCuts = 31;
    private const int MostValues = 20;

    /// <param name="errors">One per row: 0 or 1, or an absolute error.</param>
    /// <param name="kind">errorRate or absoluteError.</param>
    /// <returns>Null where there are too few rows to look.</returns>
    public static SliceSearch? Find(RawTable table, IReadOnlyList<string> features, double[] errors, string kind, int seed, CancellationToken ct)
    {
        if (errors.Length < 4 * FewestRows) return null;
        var order = Enumerable.Range(0, errors.Length).ToArray();
        new SeededRandom(seed).Shuffle(order);
        var (seen, kept) = (order[..(order.Length / 2)], order[(order.Length / 2)..]);
        var fewest = Math.Max(FewestRows, seen.Length / 50);
        var leaves = new List<List<Condition>>();
        Grow(seen, [], leaves);
        // A tree that found nothing to part has one leaf: all rows.
        if (leaves.Count < 2) return new(kind, seen.Length, kept.Length, kept.Average(r => errors[r]), []);
        var slices = leaves.Select(leaf => Estimate(leaf, kept, errors, leaves.Count)).OfType<FoundSlice>().OrderByDescending(s => s.Difference.Value).ToList();
        return new(kind, seen.Length, kept.Length, kept.Average(r => errors[r]), slices);

        void Grow(int[] rows, List<Condition> path, List<List<Condition>> into)
        {
            ct.ThrowIfCancellationRequested();
            var best = path.Count == MostLevels ? null : Best(rows);
            if (best is null)
            {
                into.Add(path);
                return;
            }

            Grow([.. rows.Where(best.Holds)], [.. path, best], into);
            Grow([.. rows.Where(r => !best.Holds(r))], [.. path, best.Not()], into);
        }

        Condition? Best(int[] rows)
        {
            var (total, gain, best) = (rows.Sum(r => errors[r]), 0.0, (Condition?)null);
            foreach (var condition in features.SelectMany(f => Candidates(f, table.Columns[f], rows)))
            {
                var (n, sum) = (0, 0.0);
                foreach (var r in rows)
                {
                    if (!condition.Holds(r)) continue;
                    n++;
                    sum += errors[r];
                }

                if (n < fewest || rows.Length - n < fewest) continue;
                // The reduction of squared error, but for what is the same for every cut.
                var reduction = (sum * sum / n) + ((total - sum) * (total - sum) / (rows.Length - n)) - (total * total / rows.Length);
                if (reduction > gain + 1e-12) (gain, best) = (reduction, condition);
            }

            return best;
        }
    }

    private static IEnumerable<Condition> Candidates(string feature, RawColumn column, int[] rows)
    {
        if (column.Texts is { } texts)
        {
            var values = rows.GroupBy(r => texts[r], StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(MostValues).ToList();
            // Values that hardly repeat are no groups.
            foreach (var value in values.Where(g => g.Count() > 1)) yield return new(feature, r => texts[r] == value.Key, value.Key.Length == 0 ? "is missing" : $"= {value.Key}", value.Key.Length == 0 ? "is there" : $"≠ {value.Key}");
            yield break;
        }

        var numbers = column.Numbers is { } given ? Array.ConvertAll(given, n => (double)n) : Array.ConvertAll(column.Times!, t => t == OnnxConventions.MissingTime ? double.NaN : t);
        if (rows.Any(r => double.IsNaN(numbers[r]))) yield return new(feature, r => double.IsNaN(numbers[r]), "is missing", "is there");
        var sorted = rows.Select(r => numbers[r]).Where(n => !double.IsNaN(n)).Order().ToArray();
        if (sorted.Length == 0) yield break;
        foreach (var cut in Enumerable.Range(1, MostCuts).Select(p => sorted[(int)((long)p * (sorted.Length - 1) / (MostCuts + 1))]).Distinct().Where(c => c < sorted[^1]))
        {
            var text = column.Times is null ? Figures.Text(cut) : DateTime.UnixEpoch.AddMicroseconds(cut).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            yield return new(feature, r => numbers[r] <= cut, $"≤ {text}", $"> {text}");
        }
    }

    private static FoundSlice? Estimate(List<Condition> leaf, int[] kept, double[] errors, int leaves)
    {
        var inside = kept.Where(r => leaf.TrueForAll(c => c.Holds(r))).Select(r => errors[r]).ToArray();
        var outside = kept.Where(r => !leaf.TrueForAll(c => c.Holds(r))).Select(r => errors[r]).ToArray();
        if (inside.Length < FewestRows / 2 || outside.Length < FewestRows / 2) return null;
        var difference = inside.Average() - outside.Average();
        var (a, b) = (Variance(inside) / inside.Length, Variance(outside) / outside.Length);
        if (a + b <= 0) return new(Name(leaf), inside.Length, inside.Average(), new(difference, difference, difference), false);
        var freedom = (a + b) * (a + b) / ((a * a / (inside.Length - 1)) + (b * b / (outside.Length - 1)));
        var half = StudentT.InvCDF(0, 1, freedom, 1 - (0.025 / leaves)) * Math.Sqrt(a + b);
        return new(Name(leaf), inside.Length, inside.Average(), new(difference, difference - half, difference + half), difference - half > 0);
    }

    // Of several bounds of one feature the last is the closest on its side.
    private static string Name(List<Condition> leaf) => string.Join(" and ", leaf.Index()
        .Where(c => c.Item.Words[0] is not ('≤' or '>') || !leaf.Skip(c.Index + 1).Any(later => later.Feature == c.Item.Feature && later.Words[0] == c.Item.Words[0]))
        .Select(c => $"{c.Item.Feature} {c.Item.Words}"));

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Length - 1);
    }

    private sealed record Condition(string Feature, Func<int, bool> Holds, string Words, string Otherwise)
    {
        public Condition Not() => new(Feature, r => !Holds(r), Otherwise, Words);
    }
}
