using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Nexus.Inference.Agents;

/// <summary>A node that cannot record what it answers does not answer, and says so.</summary>
internal sealed class JournalHealth(DecisionJournal journal) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(journal.Fault is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The decision journal cannot be written."));
}
