using System.Globalization;

namespace Nexus.Inference.Monitoring;

/// <summary>One regression decision whose truth is known.</summary>
/// <param name="Difference">Answer minus truth.</param>
internal readonly record struct Deviation(DateTimeOffset At, int ModelVersion, double Difference)
{
    // Beyond it the square of a difference is no number any more.
    private const double Largest = 1e150;

    /// <summary>Null where the truth that was told is no number, or one that nothing can be told by.</summary>
    public static Deviation? Of(DateTimeOffset at, int modelVersion, double answer, string truth) =>
        double.TryParse(truth, NumberStyles.Float, CultureInfo.InvariantCulture, out var told) && Math.Abs(answer - told) <= Largest ? new(at, modelVersion, answer - told) : null;
}
