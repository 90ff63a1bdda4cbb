using Microsoft.AspNetCore.Components;
using Nexus.Web.Shell;

namespace Nexus.Web.Charts;

/// <summary>
/// Anything against anything, with intervals as error bars; a click on a point leads to what it stands for. A numeric or a
/// categorical X axis, as the points have it.
/// </summary>
public sealed partial class ScatterChart : ComponentBase
{
    private const int MaxPoints = 2000;
    private ScatterSpec? _spec;

    [Parameter] public string? Question { get; set; }
    [Parameter] public string? Answer { get; set; }
    [Parameter, EditorRequired] public IReadOnlyList<ScatterPoint> Points { get; set; } = [];
    [Parameter] public string XTitle { get; set; } = "";
    [Parameter] public string YTitle { get; set; } = "";

    /// <summary>X by its logarithm; only where all are positive.</summary>
    [Parameter] public bool LogX { get; set; }

    /// <summary>A grey line where X and Y are equal: for the same figure measured twice.</summary>
    [Parameter] public bool Diagonal { get; set; }
    [Parameter] public int Height { get; set; } = 240;
    [Parameter] public string? WhyEmpty { get; set; }

    /// <summary>At the right of the title: what is drawn against what.</summary>
    [Parameter] public RenderFragment? Controls { get; set; }

    protected override void OnParametersSet()
    {
        var points = Points.Select(ScatterSpec.From).OfType<ScatterSpec.Point>().Take(MaxPoints).OrderBy(point => point.Highlight).ToArray();
        var categories = points.Any(point => point.X is null);
        _spec = points.Length == 0 ? null : new(points, categories, LogX && !categories && points.All(point => point.X > 0), XTitle, YTitle, Diagonal && !categories);
    }

    private ChartTable Numbers() => new(
        ["Point", XTitle.Length > 0 ? XTitle : "x", YTitle.Length > 0 ? YTitle : "y"],
        [.. Points.Select(point => (ChartCell?[])
            [ChartCell.Of(point.Name, point.Href), point.Category is { } category ? ChartCell.Of(category) : ChartCell.Of(point.X) with { Text = Format.Number(point.X) }, ChartCell.Of(point.Y, point.Lower, point.Upper)])]);
}
