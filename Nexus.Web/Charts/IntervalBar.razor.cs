using Microsoft.AspNetCore.Components;
using Nexus.Web.Shell;

namespace Nexus.Web.Charts;

/// <summary>
/// An estimate and its interval on a common scale, in a table's row: a grey vertical at zero or at what it is compared with, a
/// red dashed one at the margin that it must keep.
/// </summary>
public sealed partial class IntervalBar : ComponentBase
{
    [Parameter, EditorRequired] public double Min { get; set; }
    [Parameter, EditorRequired] public double Max { get; set; }
    [Parameter, EditorRequired] public double? Value { get; set; }
    [Parameter] public double? Lower { get; set; }
    [Parameter] public double? Upper { get; set; }
    [Parameter] public double? Zero { get; set; }
    [Parameter] public double? Margin { get; set; }
    [Parameter] public ChipState State { get; set; } = ChipState.Unknown;

    private string X(double value)
    {
        var span = Max - Min;
        return (span > 0 ? Math.Clamp((value - Min) / span, 0, 1) * 228 + 6 : 120).ToString("0.##");
    }
}
