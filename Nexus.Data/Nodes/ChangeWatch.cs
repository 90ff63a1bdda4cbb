using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Storage;

namespace Nexus.Data.Nodes;

/// <summary>
/// Hears of changes that other nodes made: whatever changes what an agent does or what a person may is an entry in the ledger, so
/// that the ledger's last number is the number of changes. It is looked at once a second, and at once where Redis tells.
/// Then <see cref="LiveEvents.Changes"/> moves on this node.
/// </summary>
internal sealed partial class ChangeWatch(
    IDbContextFactory<NexusDb> contexts, AccountDirectory accounts, DatabaseConnection database, LiveEvents live, TimeProvider time, ILogger<ChangeWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private long _seen = -1;
    private bool _away;

    /// <summary>Looks once.</summary>
    /// <returns>Whether something has changed since the last look.</returns>
    internal async Task<bool> LookAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var head = await db.LedgerEntries.OrderByDescending(e => e.Sequence).Select(e => e.Sequence).FirstOrDefaultAsync(ct);
        if (head == _seen) return false;
        var (first, since) = (_seen < 0, _seen);
        var people = !first && await db.LedgerEntries.AnyAsync(e => e.Sequence > since && (e.Subject.StartsWith("person/") || e.Subject.StartsWith("key/")), ct);
        _seen = head;
        if (first) return false;
        if (people) accounts.Forget();
        live.PublishHere(LiveEvents.Changes, "moved");
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.Provider.IsShared) return;
        var calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var told = live.Subscribe("ledger", e => { if (e.Kind == "appended") calls.Writer.TryWrite(true); });
        await using var timer = time.CreateTimer(_ => calls.Writer.TryWrite(true), null, TimeSpan.Zero, Every);
        await foreach (var _ in calls.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                _away = false;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_away) Log.Away(logger, failure);
                _away = true;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1810, LogLevel.Warning, "What other nodes have changed cannot be seen; it is tried again every second")]
        public static partial void Away(ILogger logger, Exception failure);
    }
}
