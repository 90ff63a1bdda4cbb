using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Charts;

/// <summary>
/// Many things by many values: an upright for each value, a line for each thing, coloured by one of the axes. Drawing over an axis, or
/// its limits below, leaves the lines that pass there; the numbers stand in the table for who cannot see or point.
/// </summary>
public sealed partial class ParallelCoordinates : ComponentBase
{
    private const int MaxLines = 200;
    private readonly Dictionary<int, (double From, double To)> _brushes = [];
    private IReadOnlyList<string> _limits = [];
    private ParallelSpec? _spec;

    [Parameter] public string? Question { get; set; }
    [Parameter] public string? Answer { get; set; }

    /// <summary>Two to a dozen, from the left; each has as many values as there are <see cref="Lines"/>.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<ParallelAxis> Axes { get; set; } = [];
    [Parameter, EditorRequired] public IReadOnlyList<ParallelLine> Lines { get; set; } = [];

    /// <summary>The axis that colours the lines; null leaves all but the highlighted ones grey.</summary>
    [Parameter] public int? ColourBy { get; set; }

    /// <summary>Little is good on the colouring axis.</summary>
    [Parameter] public bool LessIsBetter { get; set; }
    [Parameter] public int Height { get; set; } = 260;
    [Parameter] public string? WhyEmpty { get; set; }

    /// <summary>At the right of the title.</summary>
    [Parameter] public RenderFragment? Controls { get; set; }

    /// <summary>The positions of the lines within all limits; null where there are none.</summary>
    [Parameter] public EventCallback<IReadOnlyList<int>?> KeptChanged { get; set; }

    /// <summary>The stretches that are drawn over, each as <c>title|from|to</c>: so a link can carry them.</summary>
    [Parameter] public IReadOnlyList<string> Limits { get; set; } = [];
    [Parameter] public EventCallback<IReadOnlyList<string>> LimitsChanged { get; set; }

    private bool[] Kept => [.. Enumerable.Range(0, Lines.Count).Select(line => _brushes.All(brush =>
        brush.Key < Axes.Count && Axes[brush.Key].Values[line] is { } value && value >= brush.Value.From && value <= brush.Value.To))];

    protected override async Task OnParametersSetAsync()
    {
        var given = !Limits.SequenceEqual(_limits);
        if (given) Read(Limits);
        Draw();
        if (given) await KeptChanged.InvokeAsync(Remaining());
    }

    private void Read(IReadOnlyList<string> limits)
    {
        _limits = [.. limits];
        _brushes.Clear();
        foreach (var limit in limits)
        {
            if (limit.Split('|') is not [.. var title, var from, var to]) continue;
            var axis = Axes.ToList().FindIndex(a => a.Title == string.Join('|', title));
            if (axis >= 0 && Number(from) is { } low && Number(to) is { } high) _brushes[axis] = (low, high);
        }
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Draw()
    {
        if (Axes.Count < 2 || Lines.Count == 0)
        {
            _spec = null;
            return;
        }

        var scales = Axes.Select(Scale).ToArray();
        var kept = Kept;
        _spec = new(
            [.. Axes.Select((axis, i) => new ParallelSpec.Axis(
                axis.Title, axis.Text(scales[i].Low), axis.Text(scales[i].High), scales[i].From, scales[i].To,
                _brushes.TryGetValue(i, out var brush) ? [Math.Clamp(scales[i].At(brush.From), 0, 1), Math.Clamp(scales[i].At(brush.To), 0, 1)] : null,
                axis.Categories is { Count: > 2 and <= 12 } texts ? [.. texts.Select((text, k) => new ParallelSpec.Mark(scales[i].At(k), text))] : []))],
            [.. Lines.Take(MaxLines).Select((line, row) => new ParallelSpec.Line(
                line.Name, line.Href, line.Highlight, !kept[row], Colour(row, scales),
                [.. Axes.Select((axis, i) => axis.Values[row] is { } value ? scales[i].At(value) : (double?)null)],
                [.. Axes.Select(axis => axis.Text(axis.Values[row]))]))]);
    }

    private double? Colour(int row, Span<AxisScale> scales) =>
        ColourBy is { } axis && axis < Axes.Count && Axes[axis].Values[row] is { } value
            ? LessIsBetter ? 1 - scales[axis].At(value) : scales[axis].At(value)
            : null;

    private static AxisScale Scale(ParallelAxis axis)
    {
        if (axis.Categories is { Count: > 0 } texts) return new(0, texts.Count - 1);
        var known = axis.Values.OfType<double>().Where(double.IsFinite).ToList();
        return known.Count == 0 ? new(0, 0) : new(known.Min(), known.Max());
    }

    private Task OnBrush(ChartBrush brush) => BrushAsync(brush.Axis, brush.From is { } from && brush.To is { } to ? (Math.Min(from, to), Math.Max(from, to)) : null);

    private Task BrushAsync(int axis, (double, double)? stretch)
    {
        if (axis < 0 || axis >= Axes.Count) return Task.CompletedTask;
        if (stretch is { } limits) _brushes[axis] = limits;
        else _brushes.Remove(axis);
        Draw();
        return TellAsync();
    }

    private Task Pick(int axis, ChangeEventArgs change) =>
        BrushAsync(axis, int.TryParse(change.Value as string, out var at) ? (at - .25, at + .25) : null);

    private Task Limit(int axis, ChangeEventArgs change, bool lower)
    {
        var typed = Number(change.Value as string ?? "");
        var (scale, known) = (Scale(Axes[axis]), _brushes.TryGetValue(axis, out var brush));
        var from = lower ? typed ?? scale.Low : known ? brush.From : scale.Low;
        var to = lower ? known ? brush.To : scale.High : typed ?? scale.High;
        return BrushAsync(axis, from <= scale.Low && to >= scale.High ? null : (from, to));
    }

    private Task ClearAsync()
    {
        _brushes.Clear();
        Draw();
        return TellAsync();
    }

    private async Task TellAsync()
    {
        _limits = [.. _brushes.Where(brush => brush.Key < Axes.Count).OrderBy(brush => brush.Key)
            .Select(brush => string.Create(CultureInfo.InvariantCulture, $"{Axes[brush.Key].Title}|{brush.Value.From:R}|{brush.Value.To:R}"))];
        await KeptChanged.InvokeAsync(Remaining());
        await LimitsChanged.InvokeAsync(_limits);
    }

    private List<int>? Remaining()
    {
        var kept = Kept;
        return _brushes.Count == 0 ? null : [.. Enumerable.Range(0, kept.Length).Where(i => kept[i])];
    }

    private ChartTable Numbers()
    {
        var kept = Kept;
        return new(
            ["Line", .. Axes.Select(axis => axis.Title)],
            [.. Lines.Select((line, row) => (line, row)).Where(pair => kept[pair.row]).Select(pair => (ChartCell?[])
                [ChartCell.Of(pair.line.Name, pair.line.Href), .. Axes.Select(axis => axis.Values[pair.row] is { } value
                    ? new ChartCell(axis.Text(value), axis.Categories is null ? value : axis.Text(value))
                    : null)])]);
    }
}
