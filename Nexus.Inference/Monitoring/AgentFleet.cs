using Nexus.Data;
using Nexus.Data.Agents;

namespace Nexus.Inference.Monitoring;

/// <summary>The first agents at a glance, read once however many look.</summary>
public sealed class AgentFleet(AgentService agents, FleetReader reader, TimeProvider time)
{
    /// <summary>More are not shown at a glance.</summary>
    public const int Most = 20;

    // A tenth of the time at most goes into reading.
    private const int Rest = 9;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(0.9);
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<FleetAgent>>? _kept;
    private long _keptAt;
    private TimeSpan _took;

    /// <summary>By name, the first <see cref="Most"/>. At most a second old, more where reading takes long.</summary>
    /// <param name="anew">Something other than decisions has moved: read in any case.</param>
    public Task<IReadOnlyList<FleetAgent>> GetAsync(bool anew, CancellationToken ct)
    {
        lock (_lock)
        {
            var patience = _took * Rest > Fresh ? _took * Rest : Fresh;
            if (_kept is null || _kept.IsFaulted || (_kept.IsCompleted && (anew || time.GetElapsedTime(_keptAt) > patience)))
                (_kept, _keptAt) = (ReadAsync(), time.GetTimestamp());
            return _kept.WaitAsync(ct);
        }
    }

    private async Task<IReadOnlyList<FleetAgent>> ReadAsync()
    {
        var started = time.GetTimestamp();
        // Shared by all who wait for it, so none of them can cancel it.
        var page = await agents.ListAsync(new PageRequest(Most), CancellationToken.None);
        var fleet = await reader.ReadAsync(page.Items, CancellationToken.None);
        _took = time.GetElapsedTime(started);
        return fleet;
    }
}
