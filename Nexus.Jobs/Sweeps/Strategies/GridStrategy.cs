using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Sweeps.Strategies;

/// <summary>Every combination, in order.</summary>
internal sealed class GridStrategy : ITrialStrategy
{
    public SweepStrategy Kind => SweepStrategy.Grid;

    public IReadOnlyList<string>? Propose(SweepSpace space, int seed, int index, IReadOnlyList<PastTrial> past) =>
        index < SpacePoints.Count(space) ? SpacePoints.At(space, index) : null;
}
