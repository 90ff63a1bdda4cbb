using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Data.Live;

namespace Nexus.Data.Audit;

/// <summary>
/// Keeps the verification of the ledger up with it: new entries at once, all of them again and again, a checkpoint every
/// minute in which something was appended, and one at a clean stop.
/// </summary>
internal sealed partial class LedgerWatch(LedgerAuditor auditor, LiveEvents live, TimeProvider time, ILogger<LedgerWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>A whole walk takes at most this share of the time.</summary>
    private const int Rest = 20;

    // By the time that passed, not by the clock, which may be set back.
    private TimeSpan _pause;
    private long? _walked;
    private long _checkpointed;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await CheckpointAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var appended = live.Subscribe("ledger", e => _ = e.Kind == "appended" && calls.Writer.TryWrite(true));
        await using var timer = time.CreateTimer(_ => calls.Writer.TryWrite(true), null, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        _checkpointed = time.GetTimestamp();
        await foreach (var _ in calls.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WorkAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception); // the next call tries again
            }
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        if (_walked is not { } walked || time.GetElapsedTime(walked) >= _pause)
        {
            var from = time.GetTimestamp();
            var found = await auditor.VerifyAsync(ct);
            if (found.FirstBroken is { } broken) Log.Broken(logger, broken.Sequence, broken.Reason);
            var took = time.GetElapsedTime(from) * Rest;
            (_walked, _pause) = (time.GetTimestamp(), took > Minute ? took : Minute);
        }
        else
        {
            await auditor.FollowAsync(ct);
        }

        if (time.GetElapsedTime(_checkpointed) < Minute) return;
        _checkpointed = time.GetTimestamp();
        await CheckpointAsync(ct);
    }

    private async Task CheckpointAsync(CancellationToken ct)
    {
        try
        {
            await auditor.CheckpointAsync(ct);
        }
        catch (RefusedException refused)
        {
            Log.NoCheckpoint(logger, refused.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(700, LogLevel.Critical, "The ledger is broken at entry {Sequence}: {Reason}")]
        public static partial void Broken(ILogger logger, long sequence, string reason);

        [LoggerMessage(701, LogLevel.Information, "No checkpoint of the ledger: {Reason}")]
        public static partial void NoCheckpoint(ILogger logger, string reason);

        [LoggerMessage(702, LogLevel.Error, "The ledger could not be verified; trying again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
