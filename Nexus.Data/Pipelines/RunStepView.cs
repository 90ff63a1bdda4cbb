using System.Text.Json.Nodes;

namespace Nexus.Data.Pipelines;

/// <summary>A step of a run as pages and programs see it.</summary>
/// <param name="Inputs">Input name → the step that it comes from: the graph's edges.</param>
/// <param name="CachedFromNumber">The number of the run that made a cached output.</param>
/// <param name="CacheMiss">Why the step ran: which part of its key differs from the nearest earlier step's.</param>
/// <param name="Progress">0…1; null where the component cannot tell.</param>
/// <param name="RemainingSeconds">By the pace so far; null where it cannot be told.</param>
/// <param name="With">The parameters as they ran.</param>
/// <param name="Output">Kind, blobs by name and facts; null until it succeeded.</param>
public sealed record RunStepView(
    Guid Id,
    string Name,
    string Component,
    StepStatus Status,
    bool Cached,
    Guid? CachedFromRunId,
    int? CachedFromNumber,
    string? CacheMiss,
    int Attempt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Error,
    double? Progress,
    string? ProgressText,
    double? RemainingSeconds,
    IReadOnlyDictionary<string, string> Inputs,
    JsonObject With,
    JsonObject? Output);
