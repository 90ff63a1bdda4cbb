using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Nexus.Web.Shell;

namespace Nexus.Web.Charts;

/// <summary>
/// Lines over time or steps: the question as title, the answer under it, intervals as bands, thresholds dashed, events as
/// verticals, names at the lines' ends. At most seven series. The numbers stand one click away; PNG and CSV in the bar on hover.
/// </summary>
public sealed partial class LineChart : ComponentBase, IAsyncDisposable
{
    private const int MaxSeries = 7;
    private ElementReference _plot;
    private IJSObjectReference? _module;
    private LineSpec? _drawn;
    private bool _table;

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
    [Inject] public required IJSRuntime Js { get; init; }

    private bool Any => Series.Any(series => series.Points.Any(point => point.Y is not null));

    public async ValueTask DisposeAsync()
    {
        if (_module is null) return;
        try
        {
            await _module.InvokeVoidAsync("dispose", _plot);
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the chart with it.
        }
    }

    protected override void OnParametersSet()
    {
        if (Series.Count > MaxSeries) Series = [.. Series.Take(MaxSeries)];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!Any || _table) return;
        var spec = new LineSpec(
            [.. Series.Select(LineSpec.Line.From)],
            [.. Thresholds.Select(t => new LineSpec.Level(t.Value, t.Label, t.State.ToString().ToLowerInvariant()))],
            Events, TimeAxis, TimeAxis ? "" : XTitle, Unit, Percent, FromZero, Range is { } range ? [range.From, range.To] : null, Question ?? "chart");
        if (_drawn is not null && spec.Same(_drawn)) return;
        _drawn = spec;
        try
        {
            _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "/js/charts.js");
            await _module.InvokeVoidAsync("draw", _plot, spec);
        }
        catch (JSDisconnectedException)
        {
            // Nobody looks any more.
        }
    }

    private string Label(double x) => TimeAxis
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)x).UtcDateTime.ToString("yyyy-MM-dd HH:mm")
        : Format.Number(x);

    private IEnumerable<(double X, LinePoint?[] Row)> Rows()
    {
        var byX = Series.Select(series => series.Points.DistinctBy(point => point.X).ToDictionary(point => point.X)).ToList();
        return byX.SelectMany(points => points.Keys).Distinct().Order()
            .Select(x => (x, byX.Select(points => points.GetValueOrDefault(x)).ToArray()));
    }
}
