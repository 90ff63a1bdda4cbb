using System.Collections.Concurrent;

namespace Nexus.Inference.Monitoring;

/// <summary>Agents at a glance, for every page that shows them; read at most once a second each, however many look.</summary>
public sealed class AgentPulses(MonitoringService monitoring, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(0.9);
    private readonly ConcurrentDictionary<(string Agent, TimeSpan Window), (long At, Task<AgentPulse> Pulse)> _kept = new();

    /// <exception cref="Nexus.Data.RefusedException">NotFound.</exception>
    public Task<AgentPulse> GetAsync(string agent, TimeSpan window, CancellationToken ct)
    {
        var now = time.GetTimestamp();
        var kept = _kept.AddOrUpdate(
            (agent, window),
            key => (now, ReadAsync(key.Agent, key.Window)),
            (key, old) => old.Pulse.IsFaulted || (old.Pulse.IsCompleted && time.GetElapsedTime(old.At, now) > Fresh) ? (now, ReadAsync(key.Agent, key.Window)) : old);
        return kept.Pulse.WaitAsync(ct);
    }

    private async Task<AgentPulse> ReadAsync(string agent, TimeSpan window)
    {
        // Shared by all who wait for it, so none of them can cancel it.
        var performance = await monitoring.PerformanceAsync(agent, window, CancellationToken.None);
        var drift = await monitoring.DriftAsync(agent, window, CancellationToken.None);
        var (health, sentence) = HealthSentence.Of(performance, drift);
        return new(health, sentence, performance, drift);
    }
}
