using Microsoft.Extensions.Options;
using Nexus.Jobs.Pipelines;

namespace Nexus.Jobs.Training;

/// <summary>
/// As many fits at once as the node has workers, however many steps work side by side: each takes the threads of
/// <see cref="TrainingOptions.Threads"/>, and more of them would only slow each other down.
/// </summary>
internal sealed class TrainerTurns(IOptions<JobsOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.Workers);

    /// <param name="waits">Called where all are taken.</param>
    public async Task<IDisposable> TakeAsync(Action waits, CancellationToken ct)
    {
        if (!_free.Wait(0, CancellationToken.None))
        {
            waits();
            await _free.WaitAsync(ct);
        }

        return new Turn(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
