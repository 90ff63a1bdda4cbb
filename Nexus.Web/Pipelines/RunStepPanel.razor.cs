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
    private int _asked;
    private bool _reading;
    private long _last;
    private readonly List<(long Id, string Text, int Lines)> _log = [];
    private bool _cut;
    private IReadOnlyList<(string Question, string Answer, IReadOnlyList<LineSeries> Series)> _charts = [];

    [Parameter, EditorRequired] public RunDetail Run { get; set; } = null!;
    [Parameter, EditorRequired] public RunStepView Step { get; set; } = null!;

    /// <summary>Grows whenever the run may have moved.</summary>
    [Parameter] public int Version { get; set; }
    [Inject] public required RunLogService Logs { get; init; }
    [Inject] public required RunCurveService Curves { get; init; }
    [Inject] public required PageClock Clock { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_step != Step.Id || _attempt != Step.Attempt) Begin();
        if (_shown == Version) return;
        _shown = Version;
        _asked++;
        if (_reading) return; // who reads now sees that there is more to read
        _reading = true;
        try
        {
            for (var seen = -1; seen != _asked;)
            {
                seen = _asked;
                await TailAsync();
                var charts = Step.Component == "train" ? await ChartsAsync() : [];
                if (seen == _asked) _charts = charts;
            }
        }
        finally
        {
            _reading = false;
        }
    }

    private void Begin()
    {
        (_step, _attempt, _last, _cut, _shown) = (Step.Id, Step.Attempt, 0, false, -1);
        _log.Clear();
    }

    private string Silence => Step.Status == StepStatus.Pending ? "Nothing yet: it waits." : Step.Cached ? "Nothing: the output was there already." : "";

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
            var (step, attempt, last) = (_step, _attempt, _last);
            tail = await Logs.TailAsync(step, last, null, CancellationToken.None);
            if ((step, attempt) != (_step, _attempt)) return; // another one was picked meanwhile
            _last = tail.LastId;
            if (tail.Text.Length > 0) _log.Add((_last, tail.Text, tail.Text.AsSpan().Count('\n')));
            Cut();
        }
        while (tail.More);
    }

    // Piece by piece, so that the browser is sent what is new and not what it has.
    private void Cut()
    {
        for (var lines = _log.Sum(piece => piece.Lines); lines > MaxLines; _cut = true)
        {
            var (id, text, held) = _log[0];
            var drop = lines - MaxLines;
            lines -= Math.Min(drop, held);
            if (drop >= held)
            {
                _log.RemoveAt(0);
                continue;
            }

            var from = 0;
            for (var left = drop; left > 0; left--) from = text.IndexOf('\n', from) + 1;
            _log[0] = (id, text[from..], held - drop);
        }
    }

    private async Task<IReadOnlyList<(string, string, IReadOnlyList<LineSeries>)>> ChartsAsync()
    {
        var curves = new List<(string Split, string Metric, IReadOnlyList<LinePoint> Points)>();
        foreach (var key in Run.MetricKeys.Where(key => key.StartsWith($"{Step.Name}/", StringComparison.Ordinal) || !key.Contains('/')).Take(8))
        {
            var curve = await Curves.ReadAsync([Run.Summary.Id], key, MaxPoints, CancellationToken.None);
            if (curve is not [{ Points: { Count: > 1 } points }]) continue;
            var parts = key.Split('/', '.'); // step/split.metric
            curves.Add((parts.Length > 1 ? parts[^2] : "training", parts[^1], [.. points.Select(point => new LinePoint(point.Step, point.Value))]));
        }

        return [.. curves.GroupBy(curve => curve.Metric).Select(group => (
            "Does it still learn?",
            $"{RunWords.Metric(group.Key)}: {string.Join(", ", group.Select(curve => $"{curve.Split} {Format.Decimal(curve.Points[^1].Y)}"))}",
            (IReadOnlyList<LineSeries>)[.. group.OrderByDescending(curve => IsTraining(curve.Split))
                .Select(curve => new LineSeries(curve.Split, curve.Points, Reference: IsTraining(curve.Split) && group.Count() > 1))]))];
    }
}
