using Microsoft.AspNetCore.Components;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>A feature's test in words and its bins in figures.</summary>
public sealed partial class FeatureDetail : ComponentBase
{
    [Parameter, EditorRequired] public FeatureDrift Feature { get; set; } = null!;
    [Parameter, EditorRequired] public DriftReport Drift { get; set; } = null!;

    private static string P(double? value) => value is < 0.001 ? "< 0.001" : $"= {Format.Decimal(value)}";

    private string Words => Feature.State == DriftStates.NotEnoughData
        ? $"{Format.Count(Feature.N)} decisions; from {Format.Count(Feature.Needed)} on this feature can be judged."
        : $"Population stability index {DriftWords.Small(Feature.Psi)} over {Format.Count(Feature.N, "decision")}, limit {Format.Decimal(Feature.Limit)}. "
            + $"Without drift an index as large comes about with p {P(Feature.PValue)}, {P(Feature.AdjustedPValue)} in view of all features; "
            + $"it counts as drift from {Format.Decimal(Drift.Alpha)} down.";
}
