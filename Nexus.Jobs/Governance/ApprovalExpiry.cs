using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Data.Governance;

namespace Nexus.Jobs.Governance;

/// <summary>Closes, once a minute, the approvals that nobody decided in time.</summary>
internal sealed partial class ApprovalExpiry(ApprovalInbox inbox, TimeProvider time, ILogger<ApprovalExpiry> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await CloseAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task CloseAsync(CancellationToken ct)
    {
        try
        {
            await inbox.CloseExpiredAsync(ct);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.Failed(logger, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(600, LogLevel.Warning, "Approvals that ran out could not be closed; it is tried again in a minute")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
