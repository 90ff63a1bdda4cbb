using Microsoft.AspNetCore.Components;
using Nexus.Data.Agents;
using Nexus.Inference.Monitoring;
using Nexus.Web.Charts;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>Is it doing well? What serves, four questions on one time axis, and what changed.</summary>
public sealed partial class AgentOverview : ComponentBase
{
    private const int MostClasses = 5;
    private PerformanceReport _performance = null!;
    private IReadOnlyList<SharePart> _shares = [];
    private IReadOnlyList<LineSeries> _quality = [];
    private IReadOnlyList<LineSeries> _latency = [];
    private IReadOnlyList<LineSeries> _volume = [];
    private IReadOnlyList<LineSeries> _outputs = [];
    private IReadOnlyList<Threshold> _training = [];
    private IReadOnlyList<Threshold> _baseline = [];
    private IReadOnlyList<ChartEvent> _events = [];
    private (double From, double To) _axis;

    [Parameter, EditorRequired] public AgentView Agent { get; set; } = null!;
    [Parameter, EditorRequired] public AgentPulse Pulse { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<ServedModelVersion> History { get; set; } = [];
    [Parameter, EditorRequired] public string? RangeKey { get; set; }
    [Inject] public required TimeProvider Time { get; init; }

    private TimeRange Range => TimeRange.Of(RangeKey);

    private string Within => Range.Name.Replace("Last", "in the last", StringComparison.Ordinal);

    private string Since
    {
        get
        {
            if (Agent.ProductionVersion is not { } version) return $"nothing; plan {Agent.PlanRevision}";
            var since = History.FirstOrDefault(h => h.Model == Agent.Model && h.Version == version)?.Since;
            return $"plan {Agent.PlanRevision}{(since is { } at ? $", first served {Format.Relative(at, Time.GetUtcNow())}" : "")}, follows the Production version of its model";
        }
    }

    private string Right => _performance.Deviation is { } deviation
        ? $"Mean absolute error {Format.Estimate(deviation.Mae, deviation.MaeLower, deviation.MaeUpper)}, RMSE {Format.Estimate(deviation.Rmse, deviation.RmseLower, deviation.RmseUpper)} on {Format.Count(deviation.Labeled, "labelled decision")}; the line rolls over 200, the band is its 95 % interval"
        : _performance.Accuracy is { } accuracy
        ? $"{Format.Estimate(accuracy.Value, accuracy.Lower, accuracy.Upper)} on {Format.Count(accuracy.Labeled, "labelled decision")}; the line rolls over 200, the band is its 95 % interval{(_performance.LastClass is { KappaTemporal: < 0 } last ? $". Repeating the last truth would be right more often: {Format.Decimal(last.Accuracy)}" : "")}"
        : "Not known: no labels came";

    private string Fast => _performance.Latency is { } latency ? $"p50 {Ms(latency.P50Microseconds)}, p99 {Ms(latency.P99Microseconds)} {Within}" : "Nothing answered";

    private string Much =>
        $"{Format.Count(_performance.Decisions, "decision")} {Within}{(_performance.Errors > 0 ? $", and {Format.Count(_performance.Errors, "request")} not answered" : "")}";

    private string What => _performance.Outputs switch
    {
        [] => "The median of its answers",
        [var most, ..] => $"{most.Label} {Format.Percent(most.Share)}{(most.TrainingShare is { } trained ? $", {Format.Percent(trained)} in training" : "")}",
    };

    protected override void OnParametersSet()
    {
        _performance = Pulse.Performance;
        var points = _performance.Points;
        _axis = (_performance.From.ToUnixTimeMilliseconds(), _performance.To.ToUnixTimeMilliseconds());
        _shares = _performance.Versions.Any(v => v.Decisions > 0)
            ? [.. _performance.Versions.Where(v => v.Decisions > 0).OrderByDescending(v => v.Share).Select(v => new SharePart(Name(v.ModelVersion), v.Share))]
            : Agent.ProductionVersion is { } version ? [new(Name(version), 1)] : [];
        _quality = _performance.Deviation is not null ? [Line("mean absolute error", p => p.RollingDeviation?.Mae, p => p.RollingDeviation?.MaeLower, p => p.RollingDeviation?.MaeUpper)]
            : _performance.Accuracy is null ? [] : [Line("accuracy", p => p.RollingAccuracy?.Value, p => p.RollingAccuracy?.Lower, p => p.RollingAccuracy?.Upper)];
        _baseline = _performance.LastClass is { } last ? [new(last.Accuracy, $"repeating the last truth {Format.Percent(last.Accuracy)}", ChipState.Plain)] : [];
        _latency = [Line("p99", p => p.Latency?.P99Microseconds / 1000), Line("p50", p => p.Latency?.P50Microseconds / 1000, reference: true)];
        _volume = [Line("decisions", p => p.PerSecond)];
        var classes = _performance.Outputs.Take(_performance.Outputs.Count == 2 ? 1 : MostClasses).ToList();
        _outputs = classes.Count == 0
            ? [Line("median", p => p.MedianScore)]
            : [.. classes.Select(c => Line(c.Label, p => p.Decisions == 0 ? null : p.OutputShares.GetValueOrDefault(c.Label)))];
        _training = classes is [{ TrainingShare: { } share }] ? [new(share, $"training {Format.Percent(share)}", ChipState.Plain)] : [];
        _events = [.. History.Where(h => h.Since > _performance.From).Select(h => new ChartEvent(h.Since.ToUnixTimeMilliseconds(), $"version {h.Version}"))];

        LineSeries Line(
            string name, Func<PerformancePoint, double?> y, Func<PerformancePoint, double?>? lower = null, Func<PerformancePoint, double?>? upper = null, bool reference = false) =>
            new(name, [.. points.Select(p => LinePoint.At(p.At, y(p), lower?.Invoke(p), upper?.Invoke(p)))], reference);
    }

    private string Name(int version) => $"version {version}{(version == Agent.ProductionVersion ? " · production" : "")}";

    private static string Ms(double microseconds) => Format.Duration(TimeSpan.FromMicroseconds(microseconds));
}
