namespace Nexus.Benchmarks;

/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record Measured(double RequestsPerSecond, double P50, double P99)
{
    /// <summary>By rate.</summary>
    public static Measured Median(IEnumerable<Measured> rounds)
    {
        var sorted = rounds.OrderBy(r => r.RequestsPerSecond).ToList();
        return sorted[sorted.Count / 2];
    }
}
