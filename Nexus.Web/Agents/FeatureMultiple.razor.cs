using Microsoft.AspNetCore.Components;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>One feature as a small multiple: training in grey, the window as a line, the missing in the last bin.</summary>
public sealed partial class FeatureMultiple : ComponentBase
{
    private string? _low;
    private string? _high;

    [Parameter, EditorRequired] public FeatureDrift Feature { get; set; } = null!;
    [Parameter] public int Height { get; set; } = 56;

    private string Figures => Feature switch
    {
        { State: DriftStates.NotEnoughData } => $"{Format.Count(Feature.N)} of {Format.Count(Feature.Needed)} decisions needed",
        { State: DriftStates.NewCategory, NewCategories: [var first, ..] } => $"“{Format.MiddleCut(first.Value, 20)}”, {Format.Percent(Feature.NewCategoryShare)}",
        _ => $"PSI {DriftWords.Small(Feature.Psi)} · limit {Format.Decimal(Feature.Limit)}",
    };

    protected override void OnParametersSet() => (_low, _high) = Feature.Kind switch
    {
        "numeric" => (Format.Number(Feature.Minimum), $"{Format.Number(Feature.Maximum)} · missing"),
        _ => (Feature.Bins[0], Feature.Bins.Count > 2 ? "other · missing" : "missing"),
    };
}
