using Microsoft.AspNetCore.Components;
using Nexus.Jobs.Registry.Evidence;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>What is right and wrong from a score upwards: the arrow keys move the threshold. The model's own is one half.</summary>
public sealed partial class ThresholdPanel : ComponentBase
{
    private int _at = 50;
    private ThresholdCut _cut = null!;

    [Parameter, EditorRequired] public BinaryEvidence Mine { get; set; } = null!;
    [Parameter] public BinaryEvidence? Other { get; set; }
    [Parameter, EditorRequired] public string Name { get; set; } = "";
    [Parameter] public string OtherName { get; set; } = "";
    [Parameter, EditorRequired] public string Negative { get; set; } = "";
    [Parameter, EditorRequired] public string Positive { get; set; } = "";

    protected override void OnParametersSet() => _cut = Mine.Cuts[_at = Math.Clamp(_at, 0, Mine.Cuts.Count - 1)];

    private static RenderFragment Cell(int count, int rest) => builder =>
    {
        builder.AddContent(0, Format.Count(count));
        builder.OpenElement(1, "span");
        builder.AddAttribute(2, "class", "faint");
        builder.AddContent(3, $" {(count + rest == 0 ? Format.Unknown : Format.Percent((double)count / (count + rest)))}");
        builder.CloseElement();
    };

    private static double?[] Measures(ThresholdCut cut) => [cut.Precision, cut.Recall, cut.F1, cut.Accuracy];

    private void Move(int at) => _cut = Mine.Cuts[_at = Math.Clamp(at, 0, Mine.Cuts.Count - 1)];
}
