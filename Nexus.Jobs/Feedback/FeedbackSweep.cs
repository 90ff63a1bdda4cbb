using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Data.Feedback;

namespace Nexus.Jobs.Feedback;

/// <summary>Joins now and then the feedback that neither its own call nor the decision's arrival could join.</summary>
internal sealed partial class FeedbackSweep(FeedbackService feedback, TimeProvider time, ILogger<FeedbackSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var joined = await feedback.SweepAsync(stoppingToken);
                if (joined > 0) Log.Joined(logger, joined);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e); // the next round tries again
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(700, LogLevel.Information, "Joined {Count} items of feedback to decisions that turned up")]
        public static partial void Joined(ILogger logger, int count);

        [LoggerMessage(701, LogLevel.Warning, "Feedback could not be joined this time")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
