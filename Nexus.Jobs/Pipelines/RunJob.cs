using Hangfire;

namespace Nexus.Jobs.Pipelines;

/// <summary>What Hangfire calls. A run's failures are in its row; one that escapes the engine is found again by recovery.</summary>
[AutomaticRetry(Attempts = 0)]
public sealed class RunJob
{
    private readonly RunEngine _engine;
    private readonly RunQueue _queue;
    private readonly JobsStopping _stopping;

    internal RunJob(RunEngine engine, RunQueue queue, JobsStopping stopping) => (_engine, _queue, _stopping) = (engine, queue, stopping);

    public async Task ExecuteAsync(Guid runId, CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, _stopping.Token);
        try
        {
            await _engine.ExecuteAsync(runId, ending.Token);
        }
        finally
        {
            _queue.Done(runId);
        }
    }
}
