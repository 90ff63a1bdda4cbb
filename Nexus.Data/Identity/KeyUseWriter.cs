using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nexus.Data.Identity;

/// <summary>Writes down when keys were last used: seconds late, so that no request waits for it.</summary>
internal sealed partial class KeyUseWriter(
    AccountDirectory directory, IDbContextFactory<NexusDb> contexts, TimeProvider time, ILogger<KeyUseWriter> logger) : BackgroundService
{
    // Shorter than the directory's memory, or uses would be lost with it.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception); // the next use is written again
            }
        }
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        var uses = directory.TakeUses();
        if (uses.Count == 0) return;
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var (keyId, at) in uses)
        {
            await db.ApiKeys.Where(k => k.Id == keyId).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, at), ct);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1000, LogLevel.Warning, "When keys were last used could not be written")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
