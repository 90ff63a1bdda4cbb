using Microsoft.AspNetCore.Components;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>A feature's drift as a chip; strong drift (index above 0.25) reads as bad.</summary>
public sealed partial class DriftChip : ComponentBase
{
    private const double Strong = 0.25;
    private ChipState _state;
    private string _word = "";

    [Parameter, EditorRequired] public FeatureDrift Feature { get; set; } = null!;

    protected override void OnParametersSet() => (_state, _word) = Feature.State switch
    {
        DriftStates.Drifts => (Feature.Psi > Strong ? ChipState.Bad : ChipState.Warn, Feature.Psi > Strong ? "drifts far" : "drifts"),
        DriftStates.NewCategory => (ChipState.Warn, "new category"),
        DriftStates.Stable => (ChipState.Good, "stable"),
        _ => (ChipState.Unknown, "not enough data"),
    };
}
