using Microsoft.AspNetCore.Components;
using Nexus.Data.Agents;
using Nexus.Inference.Monitoring;

namespace Nexus.Web.Shell.Home;

/// <summary>The agents as rows: state, volume, latency, quality, drift, what is in service, what changed last.</summary>
public sealed partial class HomeAgents : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<FleetAgent> Fleet { get; set; } = [];

    private static string Drift(AgentPulse? pulse) => pulse?.Drift switch
    {
        null => Format.Unknown,
        { State: DriftStates.NotEnoughData } => "not enough data",
        { State: DriftStates.NoReference } => "no reference",
        { Changed: 0 } => "none",
        { } drift => $"{drift.Changed} of {Format.Count(drift.Features.Count, "feature")}",
    };

    private static string Changed(AgentView agent) => agent.PlanRevision <= 1 ? "made" : "other version";
}
