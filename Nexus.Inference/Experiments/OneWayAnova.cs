using MathNet.Numerics.Distributions;

namespace Nexus.Inference.Experiments;

/// <summary>
/// Whether groups differ in their mean by more than chance: Fisher's one-way analysis of variance
/// (R. A. Fisher, Statistical Methods for Research Workers, 1925, ch. VII).
/// </summary>
public static class OneWayAnova
{
    /// <returns>Null where it says nothing: one group, or no group of two.</returns>
    public static AnovaResult? Of<TGroup>(IReadOnlyCollection<(TGroup Group, double Value)> values)
    {
        var groups = values.GroupBy(pair => pair.Group).Select(group => group.Select(pair => pair.Value).ToArray()).ToList();
        var (k, n) = (groups.Count, values.Count);
        if (k < 2 || n <= k) return null;
        var mean = values.Average(pair => pair.Value);
        var between = groups.Sum(group => group.Length * Math.Pow(group.Average() - mean, 2));
        var within = groups.Sum(group => group.Sum(value => Math.Pow(value - group.Average(), 2)));
        var total = between + within;
        if (total <= 0) return null;
        var f = within > 0 ? between / (k - 1) / (within / (n - k)) : double.PositiveInfinity;
        return new(between / total, f, double.IsPositiveInfinity(f) ? 0 : 1 - FisherSnedecor.CDF(k - 1, n - k, f), k, n);
    }
}
