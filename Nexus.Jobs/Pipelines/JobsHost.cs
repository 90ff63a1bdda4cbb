using Hangfire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// The workers of this node, and the recovery of what other processes left unfinished: at start and on a timer every run that
/// waits, or whose lease ran out, is put into the queue. At the end all runs are given back within 15 s.
/// </summary>
internal sealed partial class JobsHost(
    JobStorage storage, JobActivator activator, RunRecovery recovery, JobsStopping stopping, TimeProvider time,
    IOptions<NexusOptions> nexus, IOptions<JobsOptions> jobs, ILogger<JobsHost> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private BackgroundJobServer? _server;
    private Task _recovering = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var work = nexus.Value.PathOf("work");
        if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        _server = new BackgroundJobServer(
            new BackgroundJobServerOptions
            {
                WorkerCount = jobs.Value.Workers,
                Queues = RunQueue.Names,
                Activator = activator,
                SchedulePollingInterval = TimeSpan.FromSeconds(5),
                ShutdownTimeout = TimeSpan.FromSeconds(12),
            },
            storage);
        _recovering = RecoverAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _end.CancelAsync();
        await stopping.StopAsync();
        await _recovering;
        if (_server is null) return;
        _server.SendStop();
        await _server.WaitForShutdownAsync(cancellationToken);
    }

    public void Dispose()
    {
        _server?.Dispose();
        _end.Dispose();
    }

    private async Task RecoverAsync()
    {
        using var timer = new PeriodicTimer(jobs.Value.Heartbeat, time);
        try
        {
            do
            {
                try
                {
                    await recovery.RunAsync(_end.Token);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    Log.Failed(logger, failure);
                }
            }
            while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(330, LogLevel.Error, "Looking for unfinished runs failed; it is tried again")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
