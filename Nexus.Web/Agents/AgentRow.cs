using Nexus.Data.Agents;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>An agent as a row.</summary>
/// <param name="Pulse">Null while it serves nothing.</param>
public sealed record AgentRow(AgentView Agent, AgentPulse? Pulse)
{
    public IReadOnlyList<double?> Traffic => Pulse is not { Performance: { Decisions: > 0 } performance } ? [] : [.. performance.Points.Select(p => (double?)p.PerSecond)];

    public TimeSpan? P99 => Pulse?.Performance.Latency is { } latency ? TimeSpan.FromMicroseconds(latency.P99Microseconds) : null;

    public LiveAccuracy? Accuracy => Pulse?.Performance.Accuracy;

    /// <summary>In words: <c>2 of 7</c>, <c>none of 7</c>.</summary>
    public string Drift => Pulse?.Drift switch
    {
        { State: DriftStates.Drifts } drift => $"{drift.Changed} of {drift.Features.Count}",
        { State: DriftStates.Stable } drift => $"none of {drift.Features.Count}",
        { State: DriftStates.NotEnoughData } => "not enough data",
        _ => Format.Unknown,
    };
}
