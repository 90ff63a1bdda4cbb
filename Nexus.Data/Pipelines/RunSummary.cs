using Nexus.Data.Registry;

namespace Nexus.Data.Pipelines;

/// <summary>A run as lists show it.</summary>
/// <param name="Number">1, 2, 3 … within the pipeline.</param>
/// <param name="StepsDone">Steps that succeeded, of <paramref name="Steps"/>.</param>
/// <param name="Metrics">The run's results: its evaluate step's, on the test split.</param>
public sealed record RunSummary(
    Guid Id,
    string Pipeline,
    int Revision,
    int Number,
    RunStatus Status,
    string Trigger,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Error,
    bool CancelRequested,
    string? ModelName,
    int? ModelVersion,
    int StepsDone,
    int Steps,
    IReadOnlyDictionary<string, MetricEstimate> Metrics,
    Guid? SweepId);
