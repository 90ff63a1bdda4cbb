namespace Nexus.Inference.Monitoring;

/// <summary>Read from buckets: off by at most 1/32 of itself.</summary>
public sealed record LatencyPercentiles(double P50Microseconds, double P90Microseconds, double P99Microseconds)
{
    internal static LatencyPercentiles? Of(ReadOnlySpan<long> counts) => LatencyScale.Percentile(counts, 0.5) is not { } p50
        ? null
        : new(p50, LatencyScale.Percentile(counts, 0.9)!.Value, LatencyScale.Percentile(counts, 0.99)!.Value);
}
