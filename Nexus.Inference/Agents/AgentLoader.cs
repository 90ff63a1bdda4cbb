using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Data.Live;

namespace Nexus.Inference.Agents;

/// <summary>Serves every agent before the first request comes, and follows what other nodes change: at once where that is told, or else within ten seconds.</summary>
internal sealed partial class AgentLoader(AgentDirectory agents, LiveEvents live, TimeProvider time, ILogger<AgentLoader> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await agents.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var moved = live.Subscribe(LiveEvents.Changes, _ => calls.Writer.TryWrite(true));
        await using var timer = time.CreateTimer(_ => calls.Writer.TryWrite(true), null, Period, Period);
        await foreach (var _ in calls.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await agents.RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(330, LogLevel.Warning, "What agents serve could not be read; what is served stays")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
