using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Jobs.Pipelines;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>Works on explanations, one at a time a node: at once where one is asked for here, within seconds where elsewhere or left by a vanished process.</summary>
internal sealed partial class ExplanationWorker(
    ExplanationLease lease, ExplanationWork work, ExplanationSignal signal, TimeProvider time,
    IOptions<JobsOptions> jobs, ILogger<ExplanationWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>How long one explanation may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>Works on the next one, if there is any.</summary>
    /// <returns>False where there was none.</returns>
    public async Task<bool> NextAsync(CancellationToken ct)
    {
        if (await lease.TakeAsync(ct) is not { } explanation) return false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var limit = time.CreateTimer(_ => stop.Cancel(), null, Limit, Timeout.InfiniteTimeSpan);
        var progress = 0.0;
        var keeping = KeepAsync(explanation, () => Volatile.Read(ref progress), stop);
        try
        {
            var explained = await work.RunAsync(explanation, share => Volatile.Write(ref progress, share), stop.Token);
            await lease.EndAsync(explanation, ExplanationState.Succeeded, null, explained, ct);
        }
        catch (RefusedException refused)
        {
            await lease.EndAsync(explanation, ExplanationState.Failed, refused.Message, null, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await lease.ReleaseAsync(explanation);
        }
        catch (OperationCanceledException)
        {
            // Ours to end only where the lease still is: after the time limit.
            await lease.EndAsync(explanation, ExplanationState.Failed, $"It took longer than {Limit.TotalMinutes:0} min.", null, ct);
        }
        catch (Exception failure)
        {
            Log.Failed(logger, failure, explanation.ModelName, explanation.Version);
            await lease.EndAsync(explanation, ExplanationState.Failed, "It failed for a reason of the portal's own; the log says more.", null, ct);
        }
        finally
        {
            await stop.CancelAsync();
            await keeping;
        }

        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (!await TryNextAsync(stoppingToken)) await signal.WaitAsync(Look, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task<bool> TryNextAsync(CancellationToken ct)
    {
        try
        {
            return await NextAsync(ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.Lost(logger, failure);
            return false;
        }
    }

    private async Task KeepAsync(ModelExplanation explanation, Func<double> progress, CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Math.Min(2, jobs.Value.Heartbeat.TotalSeconds)), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                if (!await lease.KeepAsync(explanation, progress(), stop.Token)) await stop.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It has ended.
        }
        catch (Exception failure)
        {
            Log.Lost(logger, failure); // the lease runs out, and another takes it
        }
    }

    private static partial class Log
    {
        [LoggerMessage(620, LogLevel.Error, "The explanation of {Model} {Version} failed")]
        public static partial void Failed(ILogger logger, Exception failure, string model, int version);

        [LoggerMessage(621, LogLevel.Warning, "Explanations could not be looked after; it is tried again")]
        public static partial void Lost(ILogger logger, Exception failure);
    }
}
