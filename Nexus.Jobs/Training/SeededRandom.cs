namespace Nexus.Jobs.Training;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed on every version of the framework.</summary>
internal sealed class SeededRandom(long seed)
{
    private ulong _state = (ulong)seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 … below − 1 (Lemire's multiplication; its bias is below 2⁻³² · below).</summary>
    public int Below(int below) => (int)Math.BigMul(Next(), (ulong)below, out _);

    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
