using MathNet.Numerics.Distributions;

namespace Nexus.Inference.Monitoring;

/// <summary>
/// How far a regression's answers were from the truth that came, in the target's own unit, with 95 % intervals: Student's for the
/// mean of the absolute differences, and for the mean of their squares, whose root is the RMSE.
/// </summary>
/// <param name="Labeled">Decisions whose truth is known and is a number.</param>
public sealed record LiveDeviation(double Mae, double MaeLower, double MaeUpper, double Rmse, double RmseLower, double RmseUpper, long Labeled)
{
    private const double UpperTail = 0.975;

    /// <summary>Null for fewer than two, of which no interval can be told.</summary>
    internal static LiveDeviation? Of(IReadOnlyCollection<Deviation> deviations)
    {
        if (deviations.Count < 2) return null;
        var (mae, low, high) = Mean(deviations.Select(d => Math.Abs(d.Difference)), deviations.Count);
        var (squares, least, most) = Mean(deviations.Select(d => d.Difference * d.Difference), deviations.Count);
        return new(mae, low, high, Math.Sqrt(squares), Math.Sqrt(least), Math.Sqrt(most), deviations.Count);
    }

    private static (double Mean, double Lower, double Upper) Mean(IEnumerable<double> values, int count)
    {
        var (mean, squares, n) = (0.0, 0.0, 0);
        foreach (var value in values) // Welford
        {
            var before = value - mean;
            mean += before / ++n;
            squares += before * (value - mean);
        }

        var half = StudentT.InvCDF(0, 1, count - 1, UpperTail) * Math.Sqrt(squares / (count - 1) / count);
        return (mean, Math.Max(0, mean - half), mean + half);
    }
}
