using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;
using Nexus.Web.Charts;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>The mean answer along one feature, with the band in which four fifths of the single rows' answers lie.</summary>
public sealed partial class DependencePanel : ComponentBase
{
    private IReadOnlyList<PartialDependence> _curves = [];
    private IReadOnlyList<LineSeries> _lines = [];
    private IReadOnlyList<ScatterPoint> _points = [];

    [Parameter] public ExplanationResult? Result { get; set; }
    [Parameter] public string? Feature { get; set; }

    private string Question => $"How does it depend on {Format.MiddleCut(Feature!, 28)}?";

    private string Output => _curves[0].Output.Length == 0 ? "prediction" : $"score of {Format.MiddleCut(_curves[0].Output, 24)}";

    private string Answer => $"{(_curves.Count > 1 && _curves[0].Kind != "categorical" ? "scores of the classes most often answered" : $"mean {Output}")}, {Format.Count(_curves[0].Rows, "row")}; band: four fifths of them";

    protected override void OnParametersSet()
    {
        _curves = Result is null || Feature is null ? [] : [.. Result.Dependence.Where(d => d.Feature == Feature)];
        if (_curves.Count == 0) return;
        _lines = [.. _curves.Select(c => new LineSeries(c.Output.Length == 0 ? "mean" : Format.MiddleCut(c.Output, 24), [.. c.Points.Select(p => Point(c, p))]))];
        _points = [.. _curves[0].Points.Select(p => new ScatterPoint(Words(p), null, p.Mean, p.Low, p.High, Words(p)))];
    }

    // Bands of several classes would hide one another.
    private LinePoint Point(PartialDependence curve, DependencePoint point) => new(
        curve.Kind == "time" ? point.X!.Value / 1000 : point.X ?? 0, point.Mean, _curves.Count > 1 ? null : point.Low, _curves.Count > 1 ? null : point.High);

    private static string Words(DependencePoint point) => point.Category is { Length: > 0 } category ? Format.MiddleCut(category, 24) : "(missing)";
}
