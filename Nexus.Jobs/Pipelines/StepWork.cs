using Microsoft.Extensions.Options;
using Nexus.Data;

namespace Nexus.Jobs.Pipelines;

/// <summary>Runs a component with a time limit, and does not wait for one that will not stop.</summary>
internal sealed class StepWork(IOptions<NexusOptions> nexus, IOptions<JobsOptions> jobs, TimeProvider time)
{
    /// <param name="work">Is given the token that stops it and an empty folder of its own.</param>
    /// <param name="abandoned">Called where the work did not stop in time.</param>
    /// <exception cref="OperationCanceledException">It was stopped, or abandoned.</exception>
    /// <exception cref="StepTimeoutException">It took longer than <paramref name="timeout"/>.</exception>
    public async Task<StepOutput> RunAsync(
        Func<string, CancellationToken, Task<StepOutput>> work, TimeSpan? timeout, Action abandoned, CancellationToken stop)
    {
        var folder = Directory.CreateDirectory(Path.Combine(nexus.Value.PathOf("work"), Guid.NewGuid().ToString("N"))).FullName;
        using var limit = timeout is { } t ? new CancellationTokenSource(t, time) : new CancellationTokenSource();
        // Lives on with work that was abandoned.
        var linked = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var token = linked.Token;
        var running = Task.Run(() => work(folder, token), CancellationToken.None);
        _ = running.ContinueWith(
            done =>
            {
                _ = done.Exception;
                linked.Dispose();
                Directory.Delete(folder, recursive: true);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await running.WaitAsync(token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || limit.IsCancellationRequested)
        {
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(jobs.Value.AbandonAfterSeconds), time, CancellationToken.None));
            if (!running.IsCompleted) abandoned();
            if (!stop.IsCancellationRequested) throw new StepTimeoutException(timeout!.Value);
            throw;
        }
    }
}
