namespace Nexus.Inference.Monitoring;

/// <summary>Many features looked at together (Benjamini and Hochberg, 1995).</summary>
public static class FalseDiscovery
{
    /// <summary>Adjusted p-values in the order given: min over j ≥ i of p(j)·F/j, at most 1. An alarm at q is an adjusted p ≤ q.</summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        var order = Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]).ToArray();
        var adjusted = new double[pValues.Count];
        var least = 1.0;
        for (var rank = order.Length; rank >= 1; rank--)
        {
            var index = order[rank - 1];
            adjusted[index] = least = Math.Min(least, pValues[index] * order.Length / rank);
        }

        return adjusted;
    }

    /// <summary>The level that each single p-value is in effect held to: k·q/F with k the alarms, and q/F where there is none.</summary>
    public static double Level(IReadOnlyList<double> adjusted, double q) =>
        adjusted.Count == 0 ? q : Math.Max(1, adjusted.Count(p => p <= q)) * q / adjusted.Count;
}
