using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Sweeps.Strategies;

/// <summary>Chooses the next point. A function of its arguments alone, so that a sweep goes on the same after a restart.</summary>
internal interface ITrialStrategy
{
    SweepStrategy Kind { get; }

    /// <param name="index">The trial's, 0, 1, 2 …</param>
    /// <returns>A value for each dimension, or null where no point is left.</returns>
    IReadOnlyList<string>? Propose(SweepSpace space, int seed, int index, IReadOnlyList<PastTrial> past);
}
