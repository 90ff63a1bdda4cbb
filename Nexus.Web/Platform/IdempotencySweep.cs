using Nexus.Data.Identity;

namespace Nexus.Web.Platform;

/// <summary>Lets kept answers go after their time.</summary>
internal sealed class IdempotencySweep(IdempotencyStore store, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await store.SweepAsync(stoppingToken);
    }
}
