namespace Nexus.Data.Pipelines.Comparing;

/// <summary>Which runs are compared: those named, or a sweep's, or those that a filter finds.</summary>
public sealed record RunSelection(IReadOnlyList<Guid>? Ids = null, Guid? Sweep = null, RunFilter? Filter = null);
