using System.Numerics;

namespace Nexus.Data.Datasets;

/// <summary>
/// How many distinct values there were, in 4 KiB: HyperLogLog of 4,096 registers (Flajolet et al. 2007), few values by linear
/// counting. The standard error is 1.6 %.
/// </summary>
internal sealed class DistinctSketch
{
    private const int IndexBits = 12;
    private const int Registers = 1 << IndexBits;
    private readonly byte[] _registers = new byte[Registers];

    public void Add(ReadOnlySpan<long> values)
    {
        var registers = _registers.AsSpan();
        foreach (var value in values)
        {
            var hash = Mix((ulong)value);
            ref var register = ref registers[(int)(hash >> (64 - IndexBits))];
            // The bit behind the last ends the count of zeros.
            var rank = (byte)(1 + BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))));
            if (rank > register) register = rank;
        }
    }

    public long Estimate()
    {
        double sum = 0;
        var empty = 0;
        foreach (var register in _registers)
        {
            sum += Math.ScaleB(1, -register);
            if (register == 0) empty++;
        }

        const double bias = 0.7213 / (1 + (1.079 / Registers));
        var estimate = bias * Registers * Registers / sum;
        if (estimate <= 2.5 * Registers && empty > 0) estimate = Registers * Math.Log((double)Registers / empty);
        return (long)Math.Round(estimate);
    }

    /// <summary>The finalizer of SplitMix64 (Steele et al. 2014): a bijection, so that no two values are taken for one.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
