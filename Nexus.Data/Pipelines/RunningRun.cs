namespace Nexus.Data.Pipelines;

/// <summary>A run that works or waits, and how far it is.</summary>
/// <param name="Step">The step that works now; null while it waits.</param>
/// <param name="Progress">Of that step, 0…1; null where it cannot tell.</param>
/// <param name="StepsDone">Of <paramref name="Steps"/>.</param>
/// <param name="Usual">How long the pipeline's last run took that succeeded; null for a first one.</param>
public sealed record RunningRun(
    Guid Id,
    string Pipeline,
    int Number,
    string Trigger,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    string? Step,
    double? Progress,
    int StepsDone,
    int Steps,
    TimeSpan? Usual);
