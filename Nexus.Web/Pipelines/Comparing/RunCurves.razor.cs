using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines;
using Nexus.Data.Pipelines.Comparing;
using Nexus.Web.Charts;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>One metric's curves of the compared runs, the best by name and colour, the others in grey behind them.</summary>
public sealed partial class RunCurves : ComponentBase
{
    private const int Named = 3;
    private const int Points = 200;
    private IReadOnlyList<LineSeries> _series = [];
    private (RunComparison, string, string?)? _read;
    private string? _key;
    private int _shown;

    [Parameter, EditorRequired] public RunComparison Comparison { get; set; } = null!;
    [Parameter, EditorRequired] public Ranking Ranking { get; set; } = null!;

    /// <summary>The curve to draw; null: the validation's of the metric that tells.</summary>
    [Parameter] public string? Curve { get; set; }
    [Parameter] public EventCallback<string?> CurveChanged { get; set; }
    [Inject] public required RunCurveService Curves { get; init; }

    private string? Answer => _key is null || _series.Count == 0 ? null
        : $"{_key} by iteration" + (_shown < Comparison.Runs.Count ? $", {_shown} of {Comparison.Runs.Count} runs" : "");

    protected override async Task OnParametersSetAsync()
    {
        if (_read == (Comparison, Ranking.Metric, Curve)) return;
        _read = (Comparison, Ranking.Metric, Curve);
        _key = Curve is not null && Comparison.Curves.Contains(Curve) ? Curve : Preferred();
        await ReadAsync();
    }

    // The validation's curve of the metric that tells, where there is one.
    private string? Preferred() => Comparison.Curves.OrderByDescending(key => key.EndsWith($".{Ranking.Metric}", StringComparison.Ordinal) || key.EndsWith($"/{Ranking.Metric}", StringComparison.Ordinal))
        .ThenByDescending(key => key.Contains("valid", StringComparison.Ordinal)).FirstOrDefault();

    private Task PickAsync(ChangeEventArgs change) => CurveChanged.InvokeAsync(change.Value as string);

    private async Task ReadAsync()
    {
        if (_key is null)
        {
            _series = [];
            return;
        }

        var order = Ranking.Order.Concat(Enumerable.Range(0, Comparison.Runs.Count).Except(Ranking.Order)).Take(RunCurveService.MaxRuns).ToList();
        var curves = (await Curves.ReadAsync([.. order.Select(at => Comparison.Runs[at].Summary.Id)], _key, Points, CancellationToken.None)).ToDictionary(curve => curve.RunId);
        var drawn = order.Where(at => curves.ContainsKey(Comparison.Runs[at].Summary.Id)).ToList();
        var quicker = Ranking.Quicker?.Run;
        var named = drawn.Where(at => at == Ranking.Best || at == quicker).Concat(drawn).Distinct().Take(drawn.Count <= 7 ? 7 : Named).ToHashSet();
        _shown = drawn.Count;
        _series = [.. drawn.Select(at => new LineSeries(
            ComparedName.Of(Comparison, at), [.. curves[Comparison.Runs[at].Summary.Id].Points.Select(point => new LinePoint(point.Step, point.Value))], Other: !named.Contains(at)))];
    }
}
