using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Nexus.Data.Storage.Health;

/// <summary>A node that lacks something says so, and is sent no more requests; it answers at once, whatever hangs.</summary>
internal sealed class SystemReady(SystemHealth health) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        health.Faults is [var first, ..] ? HealthCheckResult.Unhealthy($"{first.Part}: {first.What}") : HealthCheckResult.Healthy());
}
