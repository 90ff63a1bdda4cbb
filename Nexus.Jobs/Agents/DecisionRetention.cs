using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Data.Agents;

namespace Nexus.Jobs.Agents;

/// <summary>Once an hour, moves decisions of days long past to the archive.</summary>
internal sealed partial class DecisionRetention(DecisionArchiver archiver, TimeProvider time, ILogger<DecisionRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Not in the moments in which everything else starts.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = First;
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
                Log.Failed(logger, e); // the next hour tries again
            }

            pause = Every;
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
