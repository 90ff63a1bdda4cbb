using System.Collections.Concurrent;
using Nexus.Data.Live;

namespace Nexus.Inference.Monitoring;

/// <summary>Agents at a glance, for every page that shows them: read again only when something moved, however many look.</summary>
public sealed class AgentPulses(MonitoringService monitoring, LiveEvents live, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(0.9);
    private readonly ConcurrentDictionary<(string Agent, TimeSpan Window), Kept> _kept = new();
    private readonly ConcurrentDictionary<string, IDisposable> _followed = new();

    /// <exception cref="Nexus.Data.RefusedException">NotFound.</exception>
    public Task<AgentPulse> GetAsync(string agent, TimeSpan window, CancellationToken ct)
    {
        _followed.GetOrAdd(agent, name => live.Subscribe($"agent:{name}", _ => Outdate(name)));
        var kept = _kept.AddOrUpdate(
            (agent, window),
            key => new(time.GetTimestamp(), ReadAsync(key.Agent, key.Window)),
            (key, old) => old.Outdated || old.Pulse.IsFaulted || time.GetElapsedTime(old.At) > Fresh
                ? new(time.GetTimestamp(), ReadAsync(key.Agent, key.Window))
                : old);
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

    private void Outdate(string agent)
    {
        foreach (var (key, kept) in _kept)
        {
            if (key.Agent == agent) kept.Outdated = true;
        }
    }

    private sealed class Kept(long at, Task<AgentPulse> pulse)
    {
        public long At => at;
        public Task<AgentPulse> Pulse => pulse;
        public volatile bool Outdated;
    }
}
