using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data.Agents;

namespace Nexus.Jobs.Agents;

/// <summary>Once an hour, or as often as is set, moves decisions of days long past to the archive.</summary>
internal sealed partial class DecisionRetention(
    DecisionArchiver archiver, IOptions<DecisionOptions> options, TimeProvider time, ILogger<DecisionRetention> logger) : BackgroundService
{
    /// <summary>Not in the moments in which everything else starts.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = TimeSpan.FromSeconds(options.Value.MoveEverySeconds);
        var pause = every < First ? every : First;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(pause, time, stoppingToken);
                var moved = await archiver.RunAsync(stoppingToken);
                if (moved > 0) Log.Moved(logger, moved);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.Failed(logger, e); // the next time tries again
            }

            pause = every;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(720, LogLevel.Information, "{Count} decisions have moved to the archive")]
        public static partial void Moved(ILogger logger, long count);

        [LoggerMessage(721, LogLevel.Warning, "Old decisions could not be moved to the archive this time")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
