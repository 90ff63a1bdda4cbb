using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nexus.Data.Search;

/// <summary>At start, in the background: entries for things that have none, as in a database older than the search. In small batches.</summary>
internal sealed partial class SearchFill(IDbContextFactory<NexusDb> contexts, ILogger<SearchFill> logger) : BackgroundService
{
    private const int Batch = 500;

    /// <returns>How many entries were missing.</returns>
    public async Task<int> FillAsync(CancellationToken ct)
    {
        var filled = 0;
        foreach (var source in SearchIndex.Sources)
        {
            for (var last = Guid.Empty; ;)
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                var ids = await source.Ids(db).Where(id => id.CompareTo(last) > 0).Take(Batch).ToListAsync(ct);
                if (ids.Count == 0) break;
                last = ids[^1];
                var known = await db.SearchEntries.Where(e => ids.Contains(e.ThingId)).Select(e => e.ThingId).ToListAsync(ct);
                Guid[] missing = [.. ids.Except(known)];
                if (missing.Length == 0) continue;
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                await SearchIndex.RefreshAsync(db, source.Kind, missing, ct);
                await transaction.CommitAsync(ct);
                filled += missing.Length;
            }
        }

        return filled;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var filled = await FillAsync(stoppingToken);
            if (filled > 0) Log.Filled(logger, filled);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1700, LogLevel.Information, "{Count} things can be found by search now")]
        public static partial void Filled(ILogger logger, int count);

        [LoggerMessage(1701, LogLevel.Warning, "Things that were there before the search could not all be entered; the next start tries again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
