using Microsoft.AspNetCore.Components;
using Nexus.Web.Shell;

namespace Nexus.Web.Charts;

/// <summary>
/// Lines over time or steps: intervals as bands, thresholds dashed, events as verticals, names at the lines' ends. At most seven
/// named series, and as many <see cref="LineSeries.Other"/> ones behind them as the page needs.
/// </summary>
public sealed partial class LineChart : ComponentBase
{
    private const int MaxSeries = 7;
    private const int MaxOthers = 100;
    private IReadOnlyList<LineSeries> _shown = [];
    private LineSpec? _spec;

    [Parameter] public string? Question { get; set; }
    [Parameter] public string? Answer { get; set; }
    [Parameter, EditorRequired] public IReadOnlyList<LineSeries> Series { get; set; } = [];
    [Parameter] public IReadOnlyList<Threshold> Thresholds { get; set; } = [];
    [Parameter] public IReadOnlyList<ChartEvent> Events { get; set; } = [];

    /// <summary>X is milliseconds since 1970; else a number.</summary>
    [Parameter] public bool TimeAxis { get; set; }
    [Parameter] public string XTitle { get; set; } = "Step";

    /// <summary>After every figure, with its space: <c> ms</c>.</summary>
    [Parameter] public string Unit { get; set; } = "";

    /// <summary>Y is a share, written as percent.</summary>
    [Parameter] public bool Percent { get; set; }

    /// <summary>The Y axis begins at zero.</summary>
    [Parameter] public bool FromZero { get; set; }

    /// <summary>The ends of the X axis, where several charts share one; null fits the points.</summary>
    [Parameter] public (double From, double To)? Range { get; set; }
    [Parameter] public int Height { get; set; } = 180;
    [Parameter] public string? WhyEmpty { get; set; }

    /// <summary>At the right of the title, a picker for instance.</summary>
    [Parameter] public RenderFragment? Controls { get; set; }

    protected override void OnParametersSet()
    {
        _shown = [.. Series.Where(series => series.Other).Take(MaxOthers), .. Series.Where(series => !series.Other).Take(MaxSeries)];
        _spec = !_shown.Any(series => series.Points.Any(point => point.Y is { } y && double.IsFinite(y))) ? null : new(
            [.. _shown.Select(LineSpec.Line.From)],
            [.. Thresholds.Select(t => new LineSpec.Level(t.Value, t.Label, t.State.ToString().ToLowerInvariant()))],
            Events, TimeAxis, TimeAxis ? "" : XTitle, Unit, Percent, FromZero, Range is { } range ? [range.From, range.To] : null);
    }

    private ChartCell Label(double x)
    {
        if (!TimeAxis) return new(Format.Number(x), x);
        var at = DateTimeOffset.FromUnixTimeMilliseconds((long)x);
        return new(at.UtcDateTime.ToString("yyyy-MM-dd HH:mm"), at);
    }

    private ChartTable Numbers()
    {
        var named = _shown.Where(series => !series.Other).Concat(_shown.Where(series => series.Other)).ToList();
        var byX = named.Select(series => series.Points.DistinctBy(point => point.X).ToDictionary(point => point.X)).ToList();
        return new(
            [TimeAxis ? "Time (UTC)" : XTitle, .. named.Select(series => series.Name)],
            [.. byX.SelectMany(points => points.Keys).Distinct().Order().Select(x => (ChartCell?[])
                [Label(x), .. byX.Select(points => points.GetValueOrDefault(x) is { } point ? ChartCell.Of(point.Y, point.Lower, point.Upper, Unit) : null)])]);
    }
}
