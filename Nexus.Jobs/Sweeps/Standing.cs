using MathNet.Numerics.Distributions;
using Nexus.Data.Pipelines;

namespace Nexus.Jobs.Sweeps;

/// <summary>
/// Which trial is best, and which cannot be told from it. Best by the point estimate, of the runs that succeeded. Another is as good
/// unless it falls short by more than chance explains: its distance over the standard error of the difference, both errors taken from
/// the runs' 95 % intervals, must exceed the normal quantile at 5 %, one-sided, shared out over all comparisons (Šidák). All runs are
/// measured on the same rows, which makes their true difference surer than this assumes: it errs by calling too many as good.
/// </summary>
internal sealed record Standing(TrialRow? Best, IReadOnlySet<int> AsGood, int Compared)
{
    private const double Alpha = 0.05;
    private const double Z95 = 1.959964;

    public static Standing Of(IReadOnlyCollection<TrialRow> trials, bool maximize)
    {
        var measured = trials.Where(t => t.Value is not null).ToList();
        if (measured.Exists(t => t.Status == RunStatus.Succeeded)) measured = measured.FindAll(t => t.Status == RunStatus.Succeeded);
        var best = maximize ? measured.MaxBy(t => t.Value) : measured.MinBy(t => t.Value);
        if (best is null) return new(null, new HashSet<int>(), 0);
        var others = measured.Where(t => t.Index != best.Index).ToList();
        var limit = others.Count == 0 ? 0 : Normal.InvCDF(0, 1, Math.Pow(1 - Alpha, 1.0 / others.Count));
        return new(best, others.Where(t => !Worse(t, best, maximize, limit)).Select(t => t.Index).ToHashSet(), others.Count);
    }

    private static bool Worse(TrialRow trial, TrialRow best, bool maximize, double limit)
    {
        var distance = maximize ? best.Value!.Value - trial.Value!.Value : trial.Value!.Value - best.Value!.Value;
        if (distance <= 0) return false;
        // Without intervals nothing says how much chance there is: only an equal value is as good.
        if (Error(trial) is not { } own || Error(best) is not { } its) return true;
        var error = Math.Sqrt((own * own) + (its * its));
        return error == 0 || distance / error > limit;
    }

    private static double? Error(TrialRow trial) =>
        trial is { Lower: { } lower, Upper: { } upper } ? (upper - lower) / (2 * Z95) : null;
}
