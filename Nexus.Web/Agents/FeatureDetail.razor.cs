using Microsoft.AspNetCore.Components;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>A feature's test in words and its bins in figures.</summary>
public sealed partial class FeatureDetail : ComponentBase
{
    [Parameter, EditorRequired] public FeatureDrift Feature { get; set; } = null!;
    [Parameter, EditorRequired] public DriftReport Drift { get; set; } = null!;

    private string Words => Feature.State == DriftStates.NotEnoughData
        ? $"{Format.Count(Feature.N)} decisions; from {Format.Count(Feature.Needed)} on this feature can be judged."
        : $"Population stability index {DriftWords.Index(Feature.Psi)} over {Format.Count(Feature.N, "decision")}, limit {Format.Decimal(Feature.Limit)}. "
            + $"Without drift an index as large comes about with p = {Format.Decimal(Feature.PValue)}, {Format.Decimal(Feature.AdjustedPValue)} in view of all features; "
            + $"it counts as drift from {Format.Decimal(Drift.Alpha)} down.";
}
