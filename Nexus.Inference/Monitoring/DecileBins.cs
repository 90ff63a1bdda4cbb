namespace Nexus.Inference.Monitoring;

/// <summary>Ten bins of a numeric feature that hold about as many rows each, where its values allow.</summary>
internal static class DecileBins
{
    private const int Bins = 10;

    /// <param name="sorted">The values that are there, in ascending order; infinite ones count but are no edge.</param>
    /// <param name="rows">All rows; those without a value are the last bin.</param>
    public static FeatureReference Of(string name, ReadOnlySpan<double> sorted, long rows)
    {
        var missing = rows - sorted.Length;
        var finite = sorted.TrimStart(double.NegativeInfinity).TrimEnd(double.PositiveInfinity);
        double? minimum = finite.IsEmpty ? null : finite[0], maximum = finite.IsEmpty ? null : finite[^1];
        var edges = new List<double>(Bins - 1);
        var counts = new List<long>(Bins + 1);
        long counted = 0;
        for (var tenth = 1; tenth < Bins && !finite.IsEmpty; tenth++)
        {
            var value = sorted[(int)(((((long)sorted.Length * tenth) + Bins - 1) / Bins) - 1)];
            if (!double.IsFinite(value) || value >= maximum || (edges.Count > 0 && value <= edges[^1])) continue;
            var upTo = UpTo(sorted, value);
            edges.Add(Between(value, sorted[upTo]));
            counts.Add(upTo - counted);
            counted = upTo;
        }

        if (minimum is { } constant && constant == maximum && edges.Count == 0)
        {
            // Otherwise a feature that never changed could never be seen to change.
            var margin = Math.Max(Math.Abs(constant) * 1e-6, 1e-9);
            return new(name, "numeric", [constant - margin, constant + margin], null, [0, sorted.Length, 0, missing], minimum, maximum);
        }

        return new(name, "numeric", edges, null, [.. counts, sorted.Length - counted, missing], minimum, maximum);
    }

    /// <summary>How many values are at most this one.</summary>
    private static int UpTo(ReadOnlySpan<double> sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (sorted[middle] <= value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Half way to the next value: the same number in single precision falls into the same bin.</summary>
    private static double Between(double value, double next)
    {
        var middle = value + ((next - value) / 2);
        return double.IsFinite(middle) && middle > value && middle < next ? middle : value;
    }
}
