using Nexus.Data.Agents;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>An agent as a row.</summary>
public sealed record AgentRow(AgentView Agent, AgentPulse Pulse)
{
    public IReadOnlyList<double?> Traffic => Pulse.Performance.Decisions == 0 ? [] : [.. Pulse.Performance.Points.Select(p => (double?)p.PerSecond)];

    public TimeSpan? P99 => Pulse.Performance.Latency is { } latency ? TimeSpan.FromMicroseconds(latency.P99Microseconds) : null;

    /// <summary>In words: <c>2 of 7</c>, <c>none of 7</c>.</summary>
    public string Drift => Pulse.Drift.State switch
    {
        DriftStates.Drifts => $"{Pulse.Drift.Changed} of {Pulse.Drift.Features.Count}",
        DriftStates.Stable => $"none of {Pulse.Drift.Features.Count}",
        DriftStates.NotEnoughData => "not enough data",
        _ => Format.Unknown,
    };
}
