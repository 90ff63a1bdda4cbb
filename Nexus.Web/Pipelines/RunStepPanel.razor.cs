using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines;
using Nexus.Web.Charts;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>The picked step of a run: what it does, how far it is, its curves and its log as they come.</summary>
public sealed partial class RunStepPanel : ComponentBase
{
    private const int MaxLines = 2000;
    private const int MaxPoints = 400;
    private Guid _step;
    private int _attempt;
    private int _shown = -1;
    private long _last;
    private string _log = "";
    private bool _cut;
    private IReadOnlyList<(string Question, string Answer, IReadOnlyList<LineSeries> Series)> _charts = [];

    [Parameter, EditorRequired] public RunDetail Run { get; set; } = null!;
    [Parameter, EditorRequired] public RunStepView Step { get; set; } = null!;

    /// <summary>Grows whenever the run may have moved.</summary>
    [Parameter] public int Version { get; set; }
    [Inject] public required RunLogService Logs { get; init; }
    [Inject] public required RunMetricService Metrics { get; init; }
    [Inject] public required PageClock Clock { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_step != Step.Id || _attempt != Step.Attempt) (_step, _attempt, _last, _log, _cut, _shown) = (Step.Id, Step.Attempt, 0, "", false, -1);
        if (_shown == Version) return;
        _shown = Version;
        await TailAsync();
        _charts = Step.Component == "train" ? await ChartsAsync() : [];
    }

    private static bool IsTraining(string split) => split.StartsWith("train", StringComparison.OrdinalIgnoreCase);

    private static string Lower(string sentence) =>
        sentence.Length > 1 && !char.IsUpper(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;

    private string Describe()
    {
        var with = string.Join(", ", Step.With.Where(pair => pair.Value is System.Text.Json.Nodes.JsonValue).Select(pair => $"{pair.Key} {pair.Value}").Take(6));
        return with.Length > 0 ? with : Step.Component;
    }

    private async Task TailAsync()
    {
        StepLog tail;
        do
        {
            tail = await Logs.TailAsync(_step, _last, null, CancellationToken.None);
            _last = tail.LastId;
            _log += tail.Text;
            Cut();
        }
        while (tail.More);
        if (_log.Length == 0) _log = Step.Status == StepStatus.Pending ? "Nothing yet: it waits." : Step.Cached ? "Nothing: the output was there already." : "";
    }

    private void Cut()
    {
        var lines = _log.AsSpan().Count('\n');
        if (lines <= MaxLines) return;
        _cut = true;
        var from = 0;
        for (var drop = lines - MaxLines; drop > 0; drop--) from = _log.IndexOf('\n', from) + 1;
        _log = _log[from..];
    }

    private async Task<IReadOnlyList<(string, string, IReadOnlyList<LineSeries>)>> ChartsAsync()
    {
        var curves = new List<(string Split, string Metric, IReadOnlyList<LinePoint> Points)>();
        foreach (var key in Run.MetricKeys.Where(key => key.StartsWith($"{Step.Name}/", StringComparison.Ordinal) || !key.Contains('/')).Take(8))
        {
            var history = await Metrics.HistoryAsync(Run.Summary.Id, key, MaxPoints, CancellationToken.None);
            if (history.Count < 2) continue;
            var parts = key.Split('/', '.'); // step/split.metric
            curves.Add((parts.Length > 1 ? parts[^2] : "training", parts[^1], [.. history.Select(point => new LinePoint(point.Step, point.Value))]));
        }

        return [.. curves.GroupBy(curve => curve.Metric).Select(group => (
            "Does it still learn?",
            $"{RunWords.Metric(group.Key)}: {string.Join(", ", group.Select(curve => $"{curve.Split} {Format.Decimal(curve.Points[^1].Y)}"))}",
            (IReadOnlyList<LineSeries>)[.. group.OrderByDescending(curve => IsTraining(curve.Split))
                .Select(curve => new LineSeries(curve.Split, curve.Points, Reference: IsTraining(curve.Split) && group.Count() > 1))]))];
    }
}
