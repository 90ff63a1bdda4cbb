using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;
using Nexus.Jobs.Registry.Evidence;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>Whether it is as good for some as for all, and as good as another version for each.</summary>
public sealed partial class SlicesTab : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<SliceComparison>? _slices;
    private (string, int, int?)? _asked;
    private string? _metric;
    private bool _paired;
    private double _min;
    private double _max;
    private double _zero;
    private double? _margin;

    [Parameter, EditorRequired] public VersionState State { get; set; } = null!;
    [Parameter] public int? Against { get; set; }
    [Parameter] public ExplanationView? Explained { get; set; }
    [Inject] public required EvidenceService Evidence { get; init; }

    private string Said => _metric is null || _slices is not { Count: > 0 } ? ""
        : _paired ? $"{MetricNames.Label(_metric)} against version {Against} by slice, paired by row; 95 % intervals{(_margin is null ? "" : "; red: its margin")}"
        : $"{MetricNames.Label(_metric)} by slice; 95 % intervals{(Against is null ? "" : $"; version {Against} was not measured on the same rows: no difference is drawn")}";

    private IEnumerable<SliceRow> Rows => _slices!.Select(Row);

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var asked = (State.Version.Model, State.Version.Version, Against);
        if (asked == _asked) return;
        (_asked, _slices) = (asked, null);
        try
        {
            var found = await Evidence.SlicesAsync(asked.Model, asked.Version, Against, _gone.Token);
            if (asked != _asked) return;
            Show(found.Count > 0 ? found : Reported());
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page went away.
        }
    }

    // Versions whose rows' answers were not kept have the slices of their report.
    private List<SliceComparison> Reported() =>
        [.. (State.Report?.Slices ?? []).Select(s => new SliceComparison(s.Column, s.Name, s.Rows, s.Metrics, null, null, s.Rows < EvidenceService.SmallSlice))];

    private void Show(IReadOnlyList<SliceComparison> slices)
    {
        _slices = slices;
        _metric = State.Primary;
        if (_metric is null || slices.Count == 0) return;
        _paired = slices.Any(s => s.Difference is not null);
        // The gate's margin is against Production; against another version nobody has set one.
        _margin = Against is null || Against != State.Production?.Version ? null : State.Report?.Gates.FirstOrDefault(g => g.Kind == "beat" && g.Metric == _metric)?.Threshold;
        _zero = _paired ? 0 : State.Metrics[_metric].Value;
        // A slice of a handful of rows has an interval that would flatten all others.
        var ends = slices.Where(s => !s.IsSmall).Select(s => Row(s).Drawn).OfType<MetricEstimate>().SelectMany(e => new[] { e.Value, e.Lower ?? e.Value, e.Upper ?? e.Value })
            .Append(_zero).Append(_paired ? _margin ?? 0 : _zero).ToList();
        (_min, _max) = (ends.Min(), Math.Max(ends.Max(), ends.Min() + 1e-6));
    }

    private SliceRow Row(SliceComparison slice)
    {
        var (mine, other, less) = (slice.Mine.GetValueOrDefault(_metric!), slice.Other?.GetValueOrDefault(_metric!), MetricNames.LessIsBetter(_metric!));
        var difference = slice.Difference?.GetValueOrDefault(_metric!);
        var drawn = !_paired ? mine : difference is null || !less ? difference : new(-difference.Value, -difference.Upper, -difference.Lower);
        var gate = State.Report?.Gates.FirstOrDefault(g => g.Slice == slice.Name && g.Metric == _metric);
        var (state, verdict, why) = gate is not null ? (gate.Passed ? ChipState.Good : ChipState.Bad, gate.Passed ? "passed" : "failed", gate.Text)
            : slice.IsSmall ? (ChipState.Unknown, "too few rows", $"Fewer than {EvidenceService.SmallSlice} rows tell nothing apart.")
            : _paired ? Paired(drawn) : Alone(mine, less);
        return new(slice.Name, slice.Rows, mine, other, drawn, slice.IsSmall, state, verdict, why);
    }

    private (ChipState, string, string) Paired(MetricEstimate? better) => better switch
    {
        { Lower: > 0 } => (ChipState.Good, "better", "The whole interval of the difference is on the better side."),
        { Upper: < 0 } => (ChipState.Bad, "worse", "The whole interval of the difference is on the worse side."),
        { Lower: { } low } when _margin is { } margin && low >= margin => (ChipState.Good, "within margin", "At most as much worse as the gate allows."),
        _ => (ChipState.Unknown, "undecided", "It cannot be shown to be as good, nor to be worse."),
    };

    private (ChipState, string, string) Alone(MetricEstimate? mine, bool less)
    {
        if (mine is not { Lower: { } low, Upper: { } high }) return (ChipState.Unknown, "unknown", "Its rows do not define this metric.");
        if (less ? low > _zero : high < _zero) return (ChipState.Warn, "below all rows", "Its whole interval is worse than the figure of all rows.");
        return (less ? high < _zero : low > _zero) ? (ChipState.Good, "above all rows", "Its whole interval is better than the figure of all rows.") : (ChipState.Plain, "like all rows", "Its interval holds the figure of all rows.");
    }

    private sealed record SliceRow(
        string Name, int Rows, MetricEstimate? Mine, MetricEstimate? Other, MetricEstimate? Drawn, bool IsSmall, ChipState State, string Verdict, string Why);
}
