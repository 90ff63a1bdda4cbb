using Nexus.Data.Datasets;
using Nexus.Inference.Monitoring;

namespace Nexus.Inference.Datasets;

/// <summary>
/// From counts to what can be said of each column: the population stability index against a limit that follows from the rows compared,
/// over all columns at a false discovery rate of 1 %.
/// </summary>
internal static class DriftJudge
{
    public const double Alpha = 0.01;
    private const int RowsPerBin = 20;
    private const int FewestRows = 60;
    private const int MaxCategories = 64;
    private const int ShownCategories = 24;

    /// <summary>A column of at most so many values has categories: one more is news, however rare.</summary>
    private const long TrueCategories = 100;
    private const double NewValueShare = 0.005;
    private const double MissingStep = 0.01;
    private const double MissingDeviations = 3.3;

    /// <param name="compared">Counted of the rows that are compared.</param>
    /// <param name="whole">Counted of all rows of the new version.</param>
    public static IReadOnlyList<ColumnChange> Judge(
        IReadOnlyList<ComparedColumn> columns, IReadOnlyList<ColumnTallies> before, IReadOnlyList<ColumnTallies> compared, IReadOnlyList<ColumnTallies> whole, double effectFloor)
    {
        var stabilities = columns.Select((column, i) => column.Scale is ColumnScale.Time or ColumnScale.Identifier ? (Stability?)null : Of(before[i], compared[i])).ToList();
        var tested = Enumerable.Range(0, columns.Count).Where(i => stabilities[i] is { } s && Enough(s)).ToArray();
        var adjusted = FalseDiscovery.Adjust([.. tested.Select(i => stabilities[i]!.Value.PValue)]);
        var level = FalseDiscovery.Level(adjusted, Alpha);
        var p = tested.Index().ToDictionary(t => t.Item, t => adjusted[t.Index]);
        return [.. columns.Select((column, i) => Judge(column, before[i], compared[i], whole[i], stabilities[i], p.TryGetValue(i, out var value) ? value : null, level, effectFloor))];
    }

    private static ColumnChange Judge(
        ComparedColumn column, ColumnTallies before, ColumnTallies compared, ColumnTallies whole, Stability? stability, double? adjusted, double level, double effectFloor)
    {
        var newValues = NewValues(column, before, whole);
        var later = Later(column);
        var comparable = stability is { Current: > 0, Reference: > 0 };
        var kind = newValues.Count > 0 ? ColumnChangeKind.NewValue
            : MissesMore(before, compared) ? ColumnChangeKind.MissingMore
            : adjusted <= Alpha && stability!.Value.Index >= effectFloor ? ColumnChangeKind.Drifts
            : later > TimeSpan.Zero ? ColumnChangeKind.Fresher
            : later < TimeSpan.Zero ? ColumnChangeKind.Older
            : stability is not null && compared.Rows > 0 && adjusted is null ? ColumnChangeKind.NotEnoughRows
            : ColumnChangeKind.None;
        return new(
            column.Name, kind,
            comparable ? stability!.Value.Index : null,
            comparable && adjusted is not null ? Math.Max(effectFloor, PopulationStability.Limit(stability!.Value.Bins, stability.Value.Current, stability.Value.Reference, level)) : null,
            adjusted, newValues, Share(before), Share(compared), later, Shape(before, whole));
    }

    private static bool Enough(Stability s) => s.Bins < 2 ? s.Current >= FewestRows : s.Current >= Math.Max(FewestRows, RowsPerBin * s.Bins) && s.Reference >= FewestRows;

    private static Stability Of(ColumnTallies before, ColumnTallies now)
    {
        if (before.Bins is { } bins) return PopulationStability.Of(bins, now.Bins!);
        var known = before.Values!.OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal).Take(MaxCategories).Select(v => v.Key).ToList();
        return PopulationStability.Of(Counts(before, known), Counts(now, known));
    }

    /// <summary>A bin a known category, one for all others, one for the missing.</summary>
    private static long[] Counts(ColumnTallies tallies, List<string> known)
    {
        long[] counts = [.. known.Select(k => tallies.Values!.GetValueOrDefault(k))];
        return [.. counts, tallies.Values!.Values.Sum() - counts.Sum(), tallies.Missing];
    }

    private static IReadOnlyList<ValueCount> NewValues(ComparedColumn column, ColumnTallies before, ColumnTallies whole)
    {
        if (before.Values is not { Count: > 0 } old || whole.Values is null) return [];
        var rows = Math.Max(1, whole.Rows - whole.Missing);
        return
        [
            .. whole.Values.Where(v => !old.ContainsKey(v.Key) && (column.Before.Distinct <= TrueCategories || v.Value >= NewValueShare * rows))
                .OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal).Take(20).Select(v => new ValueCount(v.Key, v.Value)),
        ];
    }

    private static double? Share(ColumnTallies tallies) => tallies.Rows == 0 ? null : tallies.Missing / (double)tallies.Rows;

    private static bool MissesMore(ColumnTallies before, ColumnTallies now)
    {
        if (Share(before) is not { } then || Share(now) is not { } share || share - then < MissingStep) return false;
        var pooled = (before.Missing + now.Missing) / (double)(before.Rows + now.Rows);
        return share - then > MissingDeviations * Math.Sqrt(pooled * (1 - pooled) * ((1.0 / before.Rows) + (1.0 / now.Rows)));
    }

    private static TimeSpan? Later(ComparedColumn column) =>
        column.Scale == ColumnScale.Time && column.Before.Max is { } then && column.Now.Max is { } now ? ColumnTimes.Parse(now) - ColumnTimes.Parse(then) : null;

    private static ColumnShapes? Shape(ColumnTallies before, ColumnTallies now)
    {
        if (before.Shape is { } bins && now.Shape is { } counts) return new(bins, counts, null);
        if (before.Values is null || now.Values is null) return null;
        List<string> labels =
        [
            .. before.Values.Keys.Union(now.Values.Keys).OrderByDescending(v => before.Values.GetValueOrDefault(v))
                .ThenByDescending(v => now.Values.GetValueOrDefault(v)).ThenBy(v => v, StringComparer.Ordinal).Take(ShownCategories),
        ];
        return labels.Count == 0 ? null : new([.. labels.Select(v => before.Values.GetValueOrDefault(v))], [.. labels.Select(v => now.Values.GetValueOrDefault(v))], labels);
    }
}
