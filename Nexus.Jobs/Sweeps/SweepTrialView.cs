using Nexus.Data.Pipelines;
using Nexus.Data.Registry;

namespace Nexus.Jobs.Sweeps;

/// <summary>A trial as pages and programs see it.</summary>
/// <param name="Index">0, 1, 2 … in the order of proposal.</param>
/// <param name="Number">The run's, within the pipeline; null until it is there.</param>
/// <param name="Values">Path → value, of what varies.</param>
/// <param name="Result">The sweep's metric; null where the run has none (yet).</param>
/// <param name="Best">By the point estimate.</param>
/// <param name="AsGood">Cannot be told from the best.</param>
/// <param name="Reason">Why it was stopped or failed.</param>
public sealed record SweepTrialView(
    int Index, Guid RunId, int? Number, TrialState State, IReadOnlyDictionary<string, string> Values, MetricEstimate? Result,
    bool Best, bool AsGood, string? Reason, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? ModelName, int? ModelVersion)
{
    internal static SweepTrialView From(TrialRow row, IReadOnlyDictionary<string, string> values, Standing standing) => new(
        row.Index, row.RunId, row.Number, StateOf(row), values, row.Estimate,
        standing.Best?.Index == row.Index, standing.AsGood.Contains(row.Index), row.Stopped ?? row.Error ?? row.RunError,
        row.StartedAt, row.EndedAt, row.ModelName, row.ModelVersion);

    internal static TrialState StateOf(TrialRow row) => row switch
    {
        { Error: not null } => TrialState.Failed,
        { Status: null } => TrialState.Waiting,
        { Status: RunStatus.Canceled, Stopped: not null } => TrialState.Stopped,
        _ => Enum.Parse<TrialState>(row.Status.Value.ToString()),
    };
}
