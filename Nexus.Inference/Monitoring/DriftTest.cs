namespace Nexus.Inference.Monitoring;

/// <summary>From the counts of a window to what can be said of each feature.</summary>
internal static class DriftTest
{
    /// <summary>A new category is worth an alarm from this share of the decisions on; typing errors stay below it.</summary>
    private const double NewCategoryShare = 0.005;

    private const int RowsPerBin = 20;
    private const int FewestRows = 60;

    /// <summary>The level of the whole agent: one window of this length after the other, one false alarm in so long.</summary>
    public static double Alpha(TimeSpan window, TimeSpan falseAlarmEvery) => Math.Min(0.05, window / falseAlarmEvery);

    /// <summary>Rows with which every feature can be judged.</summary>
    public static long Needed(FeatureLayout layout) => layout.Binners.Count == 0 ? 0 : layout.Binners.Max(b => Needed(b.Reference.Counts.Count(c => c > 0)));

    public static IReadOnlyList<FeatureDrift> Judge(FeatureLayout layout, MinuteTally tally, double alpha, double effectFloor)
    {
        var stabilities = new Stability[layout.Binners.Count];
        for (var i = 0; i < stabilities.Length; i++)
        {
            stabilities[i] = PopulationStability.Of([.. layout.Binners[i].Reference.Counts], layout.Of(i, tally.Features));
        }

        var tested = Enumerable.Range(0, stabilities.Length).Where(i => tally.Binned >= Needed(stabilities[i].Bins)).ToArray();
        var adjusted = FalseDiscovery.Adjust([.. tested.Select(i => stabilities[i].PValue)]);
        var level = FalseDiscovery.Level(adjusted, alpha);
        var adjustedOf = tested.Index().ToDictionary(t => t.Item, t => adjusted[t.Index]);
        return
        [
            .. stabilities.Select((s, i) => Judge(layout, i, s, tally, adjustedOf.TryGetValue(i, out var p) ? p : null, alpha, level, effectFloor))
                .OrderBy(f => f.State switch { DriftStates.Drifts => 0, DriftStates.NewCategory => 1, DriftStates.NotEnoughData => 2, _ => 3 })
                .ThenByDescending(f => f.Limit is > 0 and { } limit && double.IsFinite(limit) ? f.Psi / limit : 0)
                .ThenBy(f => f.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>What can be said of all of them together.</summary>
    public static string StateOf(IReadOnlyList<FeatureDrift> features) =>
        features.Any(f => f.State is DriftStates.Drifts or DriftStates.NewCategory) ? DriftStates.Drifts
        : features.All(f => f.State == DriftStates.NotEnoughData) ? DriftStates.NotEnoughData
        : DriftStates.Stable;

    private static FeatureDrift Judge(
        FeatureLayout layout, int feature, Stability stability, MinuteTally tally, double? adjusted, double alpha, double level, double effectFloor)
    {
        var binner = layout.Binners[feature];
        var (reference, n) = (binner.Reference, tally.Binned);
        var counts = layout.Of(feature, tally.Features);
        var m = Math.Max(1, reference.Counts.Sum());
        var isNew = binner.Other >= 0 && reference.Counts[binner.Other] == 0;
        double? newShare = isNew ? (n == 0 ? 0 : (double)counts[binner.Other] / n) : null;
        double? limit = n == 0 ? null : Math.Max(effectFloor, PopulationStability.Limit(stability.Bins, stability.Current, stability.Reference, level));
        var state = adjusted is null ? DriftStates.NotEnoughData
            : adjusted <= alpha && stability.Index >= effectFloor ? DriftStates.Drifts
            : newShare >= NewCategoryShare ? DriftStates.NewCategory
            : DriftStates.Stable;
        var current = new double[counts.Length];
        for (var i = 0; i < counts.Length && n > 0; i++) current[i] = (double)counts[i] / n;

        return new(
            reference.Name, reference.Kind, state, n, Needed(stability.Bins),
            n == 0 ? null : stability.Index,
            limit is { } finite && double.IsFinite(finite) ? finite : null,
            n == 0 ? null : stability.PValue,
            adjusted,
            n == 0 ? null : current[binner.Missing],
            (double)reference.Counts[binner.Missing] / m,
            binner.Names(),
            [.. reference.Counts.Select(c => (double)c / m)],
            current,
            reference.Minimum, reference.Maximum,
            [.. tally.Unseen.Of(reference.Name).Select(c => new NewCategory(c.Key, c.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.Value, StringComparer.Ordinal)],
            newShare);
    }

    private static long Needed(int bins) => Math.Max(FewestRows, (long)RowsPerBin * bins);
}
