namespace Nexus.Data.Pipelines;

/// <summary>A run that works or waits, and how far it is.</summary>
/// <param name="Working">The steps that work now; none while it waits.</param>
/// <param name="Progress">Of the one step that works, 0…1; null where it cannot tell, or several work.</param>
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
    IReadOnlyList<string> Working,
    double? Progress,
    int StepsDone,
    int Steps,
    TimeSpan? Usual);
