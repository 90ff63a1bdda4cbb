using Nexus.Data.Pipelines;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Sweeps;

/// <summary>What a sweep would do, checked.</summary>
/// <param name="Composed">A bounded sample of its runs' documents, the first trial's first.</param>
internal sealed record SweepPlan(
    Pipeline Pipeline, SweepSpace Space, SweepStrategy Strategy, long Combinations, int MaxTrials, int Parallel, IReadOnlyList<PipelineDocument> Composed);
