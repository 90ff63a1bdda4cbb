namespace Nexus.Inference.Monitoring;

/// <summary>A share of successes with its interval (Wilson, 1927): honest for few rows and at the ends.</summary>
/// <param name="Share">0…1.</param>
public readonly record struct WilsonInterval(double Share, double Lower, double Upper)
{
    private const double Z95 = 1.959963984540054;

    /// <summary>The 95 % interval; null where nothing was counted.</summary>
    public static WilsonInterval? Of(long successes, long total)
    {
        if (total <= 0) return null;
        var p = (double)successes / total;
        var z2 = Z95 * Z95;
        var centre = (p + (z2 / (2 * total))) / (1 + (z2 / total));
        var half = Z95 / (1 + (z2 / total)) * Math.Sqrt((p * (1 - p) / total) + (z2 / (4.0 * total * total)));
        return new(p, Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
