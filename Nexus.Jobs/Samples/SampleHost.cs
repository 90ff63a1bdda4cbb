using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Nodes;
using Nexus.Data.Samples;

namespace Nexus.Jobs.Samples;

/// <summary>Makes the sample workspace in the background once the portal answers, and finishes what a kill left half made or half removed.</summary>
internal sealed partial class SampleHost(
    SampleStore store, SampleMarks marks, SampleSeeder seeder, SampleService samples, SampleTurns turns, IHostApplicationLifetime lifetime,
    IOptions<SampleOptions> options, IOptions<NexusOptions> nexus, TimeProvider time, ILogger<SampleHost> logger) : BackgroundService
{
    private const int Attempts = 3;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await marks.ReloadAsync(stoppingToken);
            // A node that does not do all the work makes none of it.
            if (!nexus.Value.Does(NodeRole.Jobs) || !nexus.Value.Does(NodeRole.Inference)) return;
            await Task.Delay(Timeout.InfiniteTimeSpan, time, lifetime.ApplicationStarted).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).WaitAsync(stoppingToken);
            var changes = turns.Listen();
            if (options.Value.SeedAtStart && await store.FindAsync(stoppingToken) is null) await store.BeginAsync(Actor.System, stoppingToken);
            do await WorkAsync(stoppingToken);
            while (await changes.WaitToReadAsync(stoppingToken) && changes.TryRead(out _));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the next start goes on.
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        for (var attempt = 1; await store.FindAsync(ct) is { State: SampleState.Seeding or SampleState.Removing } sample; attempt++)
        {
            try
            {
                if (sample.State == SampleState.Removing) await samples.FinishRemovalAsync(sample, Actor.System, ct);
                else await SeedAsync(sample, ct);
                return;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return; // It is being removed; the end of that wakes this up.
            }
            catch (RefusedException refused) when (refused.Kind == RefusalKind.NotFound && sample.State == SampleState.Removing)
            {
                return; // Somebody else has removed it.
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.Failed(logger, sample.State, failure);
                await store.FailAsync(failure is RefusedException ? failure.Message : "It could not be finished; the log tells why.", ct);
                if (attempt >= Attempts) return;
                await Task.Delay(Again * attempt, time, ct);
            }
        }
    }

    private async Task SeedAsync(SampleView sample, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, turns.Stop);
        await turns.Seeding.WaitAsync(either.Token);
        try
        {
            var started = time.GetTimestamp();
            await seeder.RunAsync(sample, either.Token);
            Log.Ready(logger, time.GetElapsedTime(started).TotalSeconds);
        }
        finally
        {
            turns.Seeding.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(750, LogLevel.Information, "The sample workspace is complete after {Seconds:0.0} s")]
        public static partial void Ready(ILogger logger, double seconds);

        [LoggerMessage(751, LogLevel.Warning, "The sample workspace could not be finished ({State})")]
        public static partial void Failed(ILogger logger, SampleState state, Exception failure);
    }
}
