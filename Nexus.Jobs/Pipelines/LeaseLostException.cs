namespace Nexus.Jobs.Pipelines;

/// <summary>Another worker has taken the run; nothing more may be written for it here.</summary>
internal sealed class LeaseLostException(Guid runId) : Exception($"The lease of run {runId} is lost.");
