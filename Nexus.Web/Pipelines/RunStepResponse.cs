using Nexus.Data.Pipelines;

namespace Nexus.Web.Pipelines;

/// <summary>A step of a run.</summary>
/// <param name="CachedFromRunId">The run that made a cached output.</param>
/// <param name="CacheMiss">Why the step ran although caching is on.</param>
/// <param name="Progress">0…1; null where the component cannot tell.</param>
internal sealed record RunStepResponse(
    string Name,
    string Component,
    string Status,
    bool Cached,
    Guid? CachedFromRunId,
    string? CacheMiss,
    int Attempt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Error,
    double? Progress,
    string? ProgressText,
    double? RemainingSeconds,
    IReadOnlyDictionary<string, string> Inputs)
{
    public static RunStepResponse From(RunStepView step) => new(
        step.Name, step.Component, step.Status.ToString(), step.Cached, step.CachedFromRunId, step.CacheMiss, step.Attempt,
        step.StartedAt, step.EndedAt, step.Error, step.Progress, step.ProgressText, step.RemainingSeconds, step.Inputs);
}
