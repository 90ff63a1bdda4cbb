using System.Numerics;

namespace Nexus.Inference.Monitoring;

/// <summary>
/// Buckets that widen with the value, as HdrHistogram's do: exact below 32 µs, then 16 to each doubling, up to 134 s. A
/// percentile read from them is off by at most 1/32 of itself.
/// </summary>
internal static class LatencyScale
{
    public const int Buckets = 32 + (22 * 16);

    private const int Exact = 32;
    private const int SubBits = 4;

    public static int Of(long microseconds)
    {
        if (microseconds < Exact) return (int)Math.Max(0, microseconds);
        var octave = BitOperations.Log2((ulong)microseconds);
        var sub = (int)(microseconds >> (octave - SubBits)) & 15;
        return Math.Min(Buckets - 1, Exact + ((octave - 5) << SubBits) + sub);
    }

    /// <summary>The middle of a bucket, in µs.</summary>
    public static double Middle(int bucket)
    {
        if (bucket < Exact) return bucket;
        var octave = ((bucket - Exact) >> SubBits) + 5;
        var width = 1L << (octave - SubBits);
        return (1L << octave) + (((bucket - Exact) & 15) * width) + ((width - 1) / 2.0);
    }

    /// <summary>The value, in µs, that a share of the counted ones does not exceed; null where nothing was counted.</summary>
    public static double? Percentile(ReadOnlySpan<long> counts, double share)
    {
        var total = 0L;
        foreach (var count in counts) total += count;
        if (total == 0) return null;
        var rank = Math.Max(1, (long)Math.Ceiling(share * total));
        for (var i = 0; i < counts.Length; i++)
        {
            rank -= counts[i];
            if (rank <= 0) return Middle(i);
        }

        return Middle(counts.Length - 1);
    }
}
