namespace Nexus.Data.Pipelines;

/// <summary>A run that waits for somebody to see why it failed.</summary>
public sealed record FailedRun(Guid Id, string Pipeline, int Number, string CreatedBy, DateTimeOffset At, string? Error);
