using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Pipelines.Comparing;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>The compared runs as a table, the best first, with the interval of the metric that tells.</summary>
public sealed partial class ComparedRuns : ComponentBase
{
    private KeysetTable<ComparedRow> _table = null!;
    private (RunComparison, string, IReadOnlyList<int>?)? _shown;
    private double _min;
    private double _max = 1;
    private double? _best;

    [Parameter, EditorRequired] public RunComparison Comparison { get; set; } = null!;
    [Parameter, EditorRequired] public Ranking Ranking { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<string> Metrics { get; set; } = [];

    /// <summary>The parameters to show, those that differ first.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Params { get; set; } = [];

    /// <summary>The positions that the picture above leaves; null: all.</summary>
    [Parameter] public IReadOnlyList<int>? Kept { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var estimates = Comparison.Runs.Select(run => run.Summary.Metrics.GetValueOrDefault(Ranking.Metric)).Where(estimate => estimate is not null).ToList();
        if (estimates.Count > 0) (_min, _max) = (estimates.Min(e => e!.Lower ?? e.Value), estimates.Max(e => e!.Upper ?? e.Value));
        _best = Ranking.Best is { } best ? Comparison.Runs[best].Summary.Metrics[Ranking.Metric].Value : null;
        var shown = (Comparison, Ranking.Metric, Kept);
        if (_shown == shown) return;
        var first = _shown is null;
        _shown = shown;
        if (!first) await _table.ReloadAsync();
    }

    private Task<Page<ComparedRow>> LoadAsync(PageRequest page, CancellationToken ct)
    {
        var rest = Enumerable.Range(0, Comparison.Runs.Count).Except(Ranking.Order);
        var rows = Ranking.Order.Concat(rest).Where(at => Kept is null || Kept.Contains(at)).Select(at => new ComparedRow(at, ComparedName.Of(Comparison, at), Comparison.Runs[at]));
        return Task.FromResult(new Page<ComparedRow>([.. rows], null));
    }

    private bool IsNumeric(string param) => Comparison.Runs.Select(run => run.Params.GetValueOrDefault(param)).OfType<string>()
        .All(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
