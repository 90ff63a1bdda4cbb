namespace Nexus.Inference.Monitoring;

/// <summary>Buckets for any real number, of both signs: 8 to each doubling from 2⁻⁴⁰ to 2⁴⁰, zero in the middle. For the values that a regression answers.</summary>
internal static class ScoreScale
{
    private const int PerOctave = 8;
    private const int Octaves = 40;

    public static int Of(double value)
    {
        if (value == 0 || double.IsNaN(value)) return 0;
        var size = Math.Floor((Math.Log2(Math.Abs(value)) + Octaves) * PerOctave);
        return Math.Sign(value) * (1 + (int)Math.Clamp(size, 0, 2 * Octaves * PerOctave));
    }

    /// <summary>The middle of a bucket; off by at most 4.5 % of itself.</summary>
    public static double Middle(int bucket) =>
        bucket == 0 ? 0 : Math.Sign(bucket) * Math.Pow(2, ((Math.Abs(bucket) - 0.5) / PerOctave) - Octaves);
}
