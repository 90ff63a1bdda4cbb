using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Data.Live;

namespace Nexus.Jobs.Sweeps;

/// <summary>Lets the engine work whenever a run or a sweep moves in this process, and on a timer for what happened elsewhere.</summary>
internal sealed partial class SweepWorker(
    SweepEngine engine, LiveEvents live, TimeProvider time, ILogger<SweepWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private readonly Channel<bool> _moved = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var runs = live.Subscribe("runs", _ => _moved.Writer.TryWrite(true));
        using var sweeps = live.Subscribe("sweeps", e => { if (e.Kind == "changed") _moved.Writer.TryWrite(true); });
        while (!stoppingToken.IsCancellationRequested)
        {
            var open = 0;
            try
            {
                open = await engine.MoveAllAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.Failed(logger, failure);
            }

            await WaitAsync(open > 0 ? Busy : Idle, stoppingToken);
        }
    }

    private async Task WaitAsync(TimeSpan atMost, CancellationToken stop)
    {
        using var tick = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tick.Token, stop);
        try
        {
            await _moved.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (tick.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            // The timer.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(342, LogLevel.Error, "Looking for sweeps to move on failed; it is tried again")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
