using System.Collections.Concurrent;
using Hangfire;
using Microsoft.Extensions.Options;
using Nexus.Data;

namespace Nexus.Jobs.Pipelines;

/// <summary>Hurries runs along. What it forgets, recovery finds in the database.</summary>
internal sealed class RunQueue(IBackgroundJobClient hangfire, IOptions<NexusOptions> options)
{
    private readonly ConcurrentDictionary<Guid, byte> _waiting = new();

    /// <summary>Call after the run's row is committed.</summary>
    public void Enqueue(Guid runId)
    {
        // A node that does no jobs leaves the row for one that does.
        if (options.Value.Does("jobs") && _waiting.TryAdd(runId, 0)) hangfire.Enqueue<RunJob>(job => job.ExecuteAsync(runId, CancellationToken.None));
    }

    public void Done(Guid runId) => _waiting.TryRemove(runId, out _);
}
