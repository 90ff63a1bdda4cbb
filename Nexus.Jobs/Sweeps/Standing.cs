using Nexus.Data.Pipelines;

namespace Nexus.Jobs.Sweeps;

/// <summary>Which trial is best, and which cannot be told from it, of those whose runs succeeded: a <see cref="Contest"/>.</summary>
/// <param name="AsGood">Their indexes.</param>
/// <param name="Compared">How many were compared with the best.</param>
internal sealed record Standing(TrialRow? Best, IReadOnlySet<int> AsGood, int Compared)
{
    public static Standing Of(IReadOnlyCollection<TrialRow> trials, bool maximize)
    {
        var measured = trials.Where(t => t is { Value: not null, Status: RunStatus.Succeeded }).ToList();
        var contest = Contest.Of([.. measured.Select(t => t.Estimate!)], maximize);
        return new(contest.Best is { } best ? measured[best] : null, contest.AsGood.Select(at => measured[at].Index).ToHashSet(), Math.Max(0, measured.Count - 1));
    }
}
