using Nexus.Data.Sweeps;
using Nexus.Jobs.Sweeps;
using Nexus.Web.Pipelines;
using Nexus.Web.Shell;

namespace Nexus.Web.Sweeps;

/// <summary>How sweeps and trials are spoken of, on every page alike.</summary>
internal static class SweepWords
{
    public static ChipState State(SweepState state) => state switch
    {
        SweepState.Running => ChipState.Busy,
        SweepState.Paused => ChipState.Warn,
        SweepState.Succeeded => ChipState.Good,
        SweepState.Failed => ChipState.Bad,
        _ => ChipState.Unknown,
    };

    public static ChipState State(TrialState state) => state switch
    {
        TrialState.Running => ChipState.Busy,
        TrialState.Succeeded => ChipState.Good,
        TrialState.Failed => ChipState.Bad,
        TrialState.Stopped or TrialState.Canceled => ChipState.Unknown,
        _ => ChipState.Plain,
    };

    public static string Word(SweepState state) => state == SweepState.Succeeded ? "Done" : state.ToString();

    public static string Strategy(SweepStrategy strategy) => strategy switch
    {
        SweepStrategy.Grid => "Grid: every combination in order",
        SweepStrategy.Random => "Random: drawn independently",
        _ => "TPE: drawn where earlier runs were good",
    };

    public static string Short(SweepStrategy strategy) => strategy == SweepStrategy.Tpe ? "TPE" : strategy.ToString();

    public static string Stopping(StoppingRule? rule) => rule switch
    {
        null => "Every run goes to its end",
        { Rule: StoppingKind.Median } => $"Median rule: from iteration {rule.MinSteps} on, once {rule.MinTrials} runs have ended",
        _ => $"ASHA: one in {rule.Reduction} goes on at iterations {rule.MinSteps}, {rule.MinSteps * rule.Reduction}, {rule.MinSteps * rule.Reduction * rule.Reduction} …",
    };

    public static string Estimate(SweepEstimate estimate)
    {
        var runs = estimate.Combinations == estimate.Runs ? $"{Format.Count(estimate.Runs, "run")}, every combination"
            : estimate.Combinations is { } all ? $"{Format.Count(estimate.Runs, "run")} of {Format.Count(all)} combinations" : $"{Format.Count(estimate.Runs, "run")} at most";
        if (estimate is not { LeastSeconds: { } least, MostSeconds: { } most }) return $"{runs}. How long they take is {estimate.Basis}.";
        string from = Format.Duration(TimeSpan.FromSeconds(least)), to = Format.Duration(TimeSpan.FromSeconds(most));
        return $"{runs}, {(from == to ? $"about {to}" : $"{from} to {to}")} {estimate.Basis}.";
    }

    /// <summary>What is left of a path once others do not share it: <c>train.params.leaves</c> → <c>leaves</c>.</summary>
    public static string Short(string path, IReadOnlyList<string> all)
    {
        var parts = path.Split('.');
        for (var take = 1; take < parts.Length; take++)
        {
            var end = string.Join('.', parts[^take..]);
            if (all.Count(other => other == end || other.EndsWith("." + end, StringComparison.Ordinal)) == 1) return end;
        }

        return path;
    }

    /// <summary>How far it is, without the best run.</summary>
    public static string Progress(SweepView sweep)
    {
        var text = sweep.Done == sweep.MaxTrials ? $"All {Format.Count(sweep.Done, "run")} done" : $"{Format.Count(sweep.Done)} of {Format.Count(sweep.MaxTrials, "run")} done";
        if (sweep.Stopped > 0) text += $" ({Format.Count(sweep.Stopped)} stopped early)";
        return sweep.Failed > 0 ? $"{text}, {Format.Count(sweep.Failed)} failed or canceled" : text;
    }

    public static string Result(SweepSummary sweep) => sweep.Best is { } best ? $"{RunWords.Metric(sweep.Metric)} {Format.Decimal(best)}" : Format.Unknown;
}
