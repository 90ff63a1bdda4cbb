using Nexus.Data.Identity;

namespace Nexus.Web.Platform;

/// <summary>Lets kept answers go after their time.</summary>
internal sealed partial class IdempotencySweep(IdempotencyStore store, TimeProvider time, ILogger<IdempotencySweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception); // in an hour again
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Warning, "Kept answers could not be let go")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
