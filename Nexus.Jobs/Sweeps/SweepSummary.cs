using Nexus.Data.Sweeps;

namespace Nexus.Jobs.Sweeps;

/// <summary>A sweep as lists show it.</summary>
/// <param name="Done">Trials that ended, of <paramref name="MaxTrials"/>.</param>
/// <param name="Best">The best value of its metric so far.</param>
public sealed record SweepSummary(
    Guid Id, string Pipeline, int Number, SweepState State, SweepStrategy Strategy, string Metric, bool Maximize, int Done, int MaxTrials, double? Best,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? EndedAt, string? Error);
