using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nexus.Data.Storage.Health;

/// <summary>Looks every two seconds whether this node has what it needs; requests read what it found and wait for nothing.</summary>
internal sealed partial class SystemWatch(IEnumerable<ISystemProbe> probes, SystemHealth health, TimeProvider time, ILogger<SystemWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>A look that takes longer has found that it does not answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(probes.Select(probe => FollowAsync(probe, stoppingToken)));

    private async Task FollowAsync(ISystemProbe probe, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Period, time);
        var failed = 0;
        try
        {
            do
            {
                var what = await LookAsync(probe, ct);
                failed = what is null ? 0 : failed + 1;
                if (what is not null && failed < probe.Patience) continue;
                if (!health.Set(probe.Part, what)) continue;
                if (what is null) Log.Recovered(logger, probe.Part);
                else Log.Lacks(logger, probe.Part, what);
            }
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<string?> LookAsync(ISystemProbe probe, CancellationToken ct)
    {
        // A look may block its thread (SQLite waits for a lock), and so may its cancellation (PostgreSQL is told of it over a
        // connection of its own): it is left to end by itself.
        try
        {
            return await Task.Run(() => probe.LookAsync(ct), ct).WaitAsync(Limit, time, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Log.Found(logger, e, probe.Part);
            return Outage.Of(e) ?? (probe.Part == SystemHealth.Database ? Outage.NoDatabase : e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(120, LogLevel.Error, "This node lacks its {Part}: {What}")]
        public static partial void Lacks(ILogger logger, string part, string what);

        [LoggerMessage(121, LogLevel.Warning, "This node has its {Part} again")]
        public static partial void Recovered(ILogger logger, string part);

        [LoggerMessage(122, LogLevel.Debug, "A look at the {Part} failed")]
        public static partial void Found(ILogger logger, Exception exception, string part);
    }
}
