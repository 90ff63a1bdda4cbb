using System.Collections.Concurrent;

namespace Nexus.Jobs.Pipelines;

/// <summary>The runs that this process works on, so that a cancel reaches them at once and not with the next heartbeat.</summary>
internal sealed class RunCancellations
{
    private readonly ConcurrentDictionary<Guid, RunStop> _running = new();

    public int Count => _running.Count;

    public bool Has(Guid runId) => _running.ContainsKey(runId);

    public void Add(Guid runId, RunStop stop) => _running[runId] = stop;

    public void Remove(Guid runId) => _running.TryRemove(runId, out _);

    public void Cancel(Guid runId)
    {
        if (_running.TryGetValue(runId, out var stop)) stop.Request(StopReason.Canceled);
    }
}
