using MathNet.Numerics.Distributions;

namespace Nexus.Inference.Monitoring;

/// <summary>
/// The population stability index with limits that follow from the number of rows instead of folklore: without drift
/// PSI · nm/(n+m) is about χ² with B−1 degrees of freedom (n rows in the window, m in the reference, B bins in use).
/// </summary>
public static class PopulationStability
{
    /// <summary>Σ (p−q)·ln(p/q), in nats. Shares must be above zero.</summary>
    public static double Index(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var index = 0.0;
        for (var i = 0; i < reference.Length; i++) index += (reference[i] - current[i]) * Math.Log(reference[i] / current[i]);
        return index;
    }

    /// <summary>The index of counts. Each share is (count+½)/(rows+B/2); bins that are empty on both sides say nothing and are left out.</summary>
    public static Stability Of(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        long n = 0, m = 0;
        var bins = 0;
        for (var i = 0; i < reference.Length; i++)
        {
            if (reference[i] == 0 && current[i] == 0) continue;
            bins++;
            m += reference[i];
            n += current[i];
        }

        var index = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            if (reference[i] == 0 && current[i] == 0) continue;
            var p = (reference[i] + 0.5) / (m + (bins / 2.0));
            var q = (current[i] + 0.5) / (n + (bins / 2.0));
            index += (p - q) * Math.Log(p / q);
        }

        return new(index, bins, n, m);
    }

    /// <summary>The smallest index that counts as drift at the level <paramref name="alpha"/>: χ²(B−1, 1−α)·(1/n+1/m).</summary>
    public static double Limit(int bins, long n, long m, double alpha) =>
        bins < 2 || n == 0 || m == 0 ? double.PositiveInfinity : ChiSquared.InvCDF(bins - 1, 1 - alpha) * ((1.0 / n) + (1.0 / m));
}
