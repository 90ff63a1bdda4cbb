using Nexus.Data.Sweeps;

namespace Nexus.Jobs.Sweeps;

/// <summary>A sweep as pages and programs see it.</summary>
/// <param name="Number">1, 2, 3 … within the pipeline.</param>
/// <param name="Overrides">As given.</param>
/// <param name="Dimensions">The paths that vary.</param>
/// <param name="Trials">How many there are so far, of <paramref name="MaxTrials"/>.</param>
/// <param name="Done">How many of them have ended, in whatever way.</param>
/// <param name="Best">Null until a run has the metric.</param>
/// <param name="AsGood">Numbers of the runs that cannot be told from the best.</param>
/// <param name="AsGoodBy">In words: how that was told.</param>
/// <param name="RemainingSeconds">By the pace of its own runs; null where it cannot be told.</param>
/// <param name="Curve">The best result after each run that ended, in the order of their ends.</param>
public sealed record SweepView(
    Guid Id, string Pipeline, int Revision, int Number, SweepState State, SweepStrategy Strategy, int Seed, string Metric, bool Maximize,
    IReadOnlyList<string> Overrides, IReadOnlyList<string> Dimensions, string? Dataset, int MaxTrials, long? Combinations, int Parallel, StoppingRule? Stopping,
    int Trials, int Done, int Running, int Succeeded, int Stopped, int Failed,
    SweepTrialView? Best, IReadOnlyList<int> AsGood, string? AsGoodBy, double? RemainingSeconds, IReadOnlyList<SweepProgress> Curve,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? EndedAt, string? Error);
