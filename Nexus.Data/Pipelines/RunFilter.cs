namespace Nexus.Data.Pipelines;

/// <summary>Which runs a list shows; null means any.</summary>
public sealed record RunFilter(string? Pipeline = null, RunStatus? Status = null);
