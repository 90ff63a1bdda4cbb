using Microsoft.AspNetCore.Components;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>An agent's health as a chip.</summary>
public sealed partial class HealthChip : ComponentBase
{
    private ChipState _state;
    private string _word = "";

    [Parameter, EditorRequired] public AgentHealth Health { get; set; }
    [Parameter] public string? Title { get; set; }

    protected override void OnParametersSet() => (_state, _word) = Health switch
    {
        AgentHealth.Healthy => (ChipState.Good, "Healthy"),
        AgentHealth.Drifting => (ChipState.Warn, "Drifting"),
        AgentHealth.Failing => (ChipState.Bad, "Failing"),
        _ => (ChipState.Unknown, "Too early"),
    };
}
