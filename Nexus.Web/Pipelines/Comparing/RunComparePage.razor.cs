using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Pipelines.Comparing;
using Nexus.Web.Charts;
using Nexus.Web.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>What made the difference? Runs beside one another: named ones, a sweep's, or those of a filter.</summary>
public sealed partial class RunComparePage : ComponentBase
{
    private const int MaxAxes = 8;
    private static readonly Crumb[] Way = [new("Runs", "runs")];
    private RunComparison? _comparison;
    private Ranking _ranking = new("", false, [], [], null);
    private IReadOnlyList<SettingEffect> _effects = [];
    private IReadOnlyList<ParallelAxis> _axes = [];
    private IReadOnlyList<ParallelLine> _lines = [];
    private IReadOnlyList<int>? _kept;
    private (string?, string?, string?, string?, string?, string?)? _read;
    private string? _failure;

    /// <summary>Ids with commas between them.</summary>
    [SupplyParameterFromQuery] public string? Runs { get; set; }
    [SupplyParameterFromQuery] public string? Sweep { get; set; }
    [SupplyParameterFromQuery] public string? Filter { get; set; }
    [SupplyParameterFromQuery] public string? Pipeline { get; set; }
    [SupplyParameterFromQuery] public string? Status { get; set; }
    [SupplyParameterFromQuery] public string? Sort { get; set; }

    /// <summary>What is best is told by; without it the most telling one that they have.</summary>
    [SupplyParameterFromQuery(Name = "metric")] public string? Picked { get; set; }

    /// <summary>The scatter's parameter and metric, the curve, the stretches of axes that are drawn over; <c>all</c>: parameters that are equal everywhere too.</summary>
    [SupplyParameterFromQuery] public string? X { get; set; }

    /// <inheritdoc cref="X"/>
    [SupplyParameterFromQuery] public string? Y { get; set; }

    /// <inheritdoc cref="X"/>
    [SupplyParameterFromQuery] public string? Curve { get; set; }

    /// <inheritdoc cref="X"/>
    [SupplyParameterFromQuery] public string[]? Within { get; set; }

    /// <inheritdoc cref="X"/>
    [SupplyParameterFromQuery] public string? Params { get; set; }
    [Inject] public required RunComparer Comparer { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private IReadOnlyList<string> Metrics => [.. MetricNames.Ordered(_comparison!.Runs.SelectMany(run => run.Summary.Metrics.Keys).Distinct())];

    private bool Equal => Params == "all";

    private string Metric => Picked is not null && Metrics.Contains(Picked) ? Picked : Metrics.Count > 0 ? Metrics[0] : "";

    /// <summary>Parameters that differ, those that split the runs alike but once.</summary>
    private IReadOnlyList<string> Settings => [.. _comparison!.Differing
        .GroupBy(param => string.Join('\n', _comparison.Runs.Select(run => run.Params.GetValueOrDefault(param)))).Select(alike => alike.OrderBy(param => param.Length).First())];

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Runs, Sweep, Filter, Pipeline, Status, Sort);
        if (_read != asked)
        {
            _read = asked;
            (_comparison, _failure) = (null, null);
            try
            {
                _comparison = await Comparer.ReadAsync(Selection(), CancellationToken.None);
            }
            catch (RefusedException refusal)
            {
                _failure = refusal.Message;
                return;
            }
        }

        if (_comparison is not null) Arrange(_comparison);
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private RunSelection Selection()
    {
        if (Empty(Runs) is { } runs) return new(Ids: [.. runs.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Id)]);
        if (Empty(Sweep) is { } sweep) return new(Sweep: Id(sweep));
        return new(Filter: new(Empty(Pipeline), Enum.TryParse<RunStatus>(Status, out var status) ? status : null, Empty(Filter), Empty(Sort)));
    }

    private static Guid Id(string text) => Guid.TryParse(text, out var id) ? id : throw Refused.Invalid($"'{Format.MiddleCut(text, 40)}' is no id.");

    private void Arrange(RunComparison comparison)
    {
        _ranking = Ranking.Of(comparison, Metric, MetricNames.LessIsBetter(Metric));
        _effects = SettingEffect.Of(comparison, Metric);
        _lines = [.. comparison.Runs.Select((run, at) => new ParallelLine(Name(at), $"runs/{run.Summary.Id}", at == _ranking.Best || at == _ranking.Quicker?.Run))];
        var telling = _effects.Select(effect => effect.Param).Union(Settings).Where(param => comparison.Runs.Select(run => run.Params.GetValueOrDefault(param)).OfType<string>().Distinct().Skip(1).Any()).Take(MaxAxes).ToList();
        _axes =
        [
            .. telling.Select(param => ParallelAxis.Of(ComparisonWords.Short(param, telling), [.. comparison.Runs.Select(run => run.Params.GetValueOrDefault(param))])),
            new("time", [.. comparison.Runs.Select(run => run.Seconds)], Format: seconds => Shell.Format.Duration(TimeSpan.FromSeconds(seconds))),
            .. Metric.Length == 0 ? Array.Empty<ParallelAxis>() : [new(MetricNames.Label(Metric), [.. comparison.Runs.Select(run => run.Summary.Metrics.GetValueOrDefault(Metric)?.Value)])],
        ];
    }

    private string Name(int run) => ComparedName.Of(_comparison!, run);

    private string Measured(int run)
    {
        var estimate = _comparison!.Runs[run].Summary.Metrics[Metric];
        return Format.Estimate(estimate.Value, estimate.Lower, estimate.Upper);
    }

    private void Keep(IReadOnlyList<int>? kept) => _kept = kept;

    private void Limit(IReadOnlyList<string> limits) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["within"] = limits.Count == 0 ? null : limits.ToArray() }), replace: true);

    private void Go(string name, string? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, value), replace: true);
}
