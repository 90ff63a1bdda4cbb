using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Nexus.Data.Storage.Blobs;

/// <summary>
/// Removes, once an hour, the blobs that no row names and nobody has put for a time of grace: what a killed process had put and not
/// yet named, and what was named by rows that are gone. A row that names an old blob has either put it, which touches it, or has
/// copied the name from a row that was read here.
/// </summary>
internal sealed partial class BlobSweep(
    IDbContextFactory<NexusDb> contexts, IBlobHome home, IOptions<NexusOptions> options, TimeProvider time, ILogger<BlobSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <returns>How many were removed.</returns>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var since = time.GetUtcNow() - TimeSpan.FromHours(options.Value.Blobs.GraceHours);
        HashSet<UInt128> named;
        await using (var db = await contexts.CreateDbContextAsync(ct)) named = await BlobNames.ReadAsync(db, ct);
        var removed = 0;
        await foreach (var blob in home.ListAsync(ct))
        {
            if (blob.TouchedAt >= since || named.Contains(BlobNames.Mark(blob.Digest))) continue;
            if (await home.RemoveAsync(blob.Digest, since, ct)) removed++;
        }

        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var removed = await SweepAsync(stoppingToken);
                if (removed > 0) Log.Removed(logger, removed);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1830, LogLevel.Information, "{Count} blobs that nothing names any more are removed")]
        public static partial void Removed(ILogger logger, int count);

        [LoggerMessage(1831, LogLevel.Warning, "Blobs that nothing names could not be removed; it is tried again in an hour")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
