using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Charts;

/// <summary>Scores against what came true, with intervals; the dashed diagonal is a score that can be taken at its word.</summary>
public sealed partial class CalibrationChart : ComponentBase
{
    private static readonly LineSeries Diagonal = new("true", [new(0, 0), new(1, 1)], Reference: true, Dashed: true);
    private IReadOnlyList<LineSeries> _series = [];

    [Parameter] public string Question { get; set; } = "Are its scores true?";
    [Parameter] public string? Answer { get; set; }
    [Parameter, EditorRequired] public IReadOnlyList<CalibrationBin> Bins { get; set; } = [];
    [Parameter] public int Height { get; set; } = 200;
    [Parameter] public string? WhyEmpty { get; set; }

    protected override void OnParametersSet() => _series = Bins.Count == 0
        ? []
        : [Diagonal, new("observed", [.. Bins.OrderBy(b => b.Predicted).Select(b => new LinePoint(b.Predicted, b.Observed, b.Lower, b.Upper))])];
}
