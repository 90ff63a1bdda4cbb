using MathNet.Numerics.Distributions;
using Nexus.Data.Registry;

namespace Nexus.Jobs.Sweeps;

/// <summary>
/// Which of several measured runs is best, and which cannot be told from it. Best by the point estimate. Another is as good unless it
/// falls short by more than chance explains: its distance over the standard error of the difference, both errors taken from the runs'
/// 95 % intervals, must exceed the normal quantile at 5 %, one-sided, shared out over all comparisons (Šidák). All runs are measured on
/// the same rows, which makes their true difference surer than this assumes: it errs by calling too many as good.
/// </summary>
/// <param name="Best">Its position; null where there is none.</param>
/// <param name="AsGood">Positions in the given order, the best left out.</param>
public sealed record Contest(int? Best, IReadOnlyList<int> AsGood)
{
    private const double Alpha = 0.05;
    private const double Z95 = 1.959964;

    /// <param name="measured">Of runs that succeeded: what a failed one measured on its way is no result. Of equal ones the first is best.</param>
    public static Contest Of(IReadOnlyList<MetricEstimate> measured, bool maximize)
    {
        if (measured.Count == 0) return new(null, []);
        var positions = Enumerable.Range(0, measured.Count);
        var best = maximize ? positions.MaxBy(at => measured[at].Value) : positions.MinBy(at => measured[at].Value);
        var limit = measured.Count == 1 ? 0 : Normal.InvCDF(0, 1, Math.Pow(1 - Alpha, 1.0 / (measured.Count - 1)));
        return new(best, [.. positions.Where(at => at != best && !Worse(measured[at], measured[best], limit))]);
    }

    private static bool Worse(MetricEstimate run, MetricEstimate best, double limit)
    {
        var distance = Math.Abs(best.Value - run.Value);
        if (distance == 0) return false;
        // Without intervals nothing says how much chance there is: only an equal value is as good.
        if (Error(run) is not { } own || Error(best) is not { } its) return true;
        var error = Math.Sqrt((own * own) + (its * its));
        return error == 0 || distance / error > limit;
    }

    private static double? Error(MetricEstimate run) => run is { Lower: { } lower, Upper: { } upper } ? (upper - lower) / (2 * Z95) : null;
}
