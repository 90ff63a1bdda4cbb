using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;
using Nexus.Jobs.Registry.Evidence;
using Nexus.Jobs.Registry.Explanations;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>How good it is, against any other version and against nothing, and what was asked of it.</summary>
public sealed partial class EvidenceTab : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ModelVersionView? _otherVersion;
    private ModelComparison? _comparison;
    private (string, int, int?)? _asked;
    private ExplanationView? _explained;
    private ExplanationView? _pending;
    private string? _feature;

    [Parameter, EditorRequired] public VersionState State { get; set; } = null!;

    /// <summary>The other version; null for none.</summary>
    [Parameter] public int? Against { get; set; }

    /// <summary>Another version was chosen.</summary>
    [Parameter] public EventCallback<int?> AgainstChanged { get; set; }
    [Inject] public required EvidenceService Evidence { get; init; }
    [Inject] public required ModelCatalog Catalog { get; init; }
    [Inject] public required ExplanationCatalog Explained { get; init; }
    [Inject] public required ExplanationService Explanations { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required Notices Notices { get; init; }

    private string? Feature => _feature ?? (_explained?.Result?.Importance is [var first, ..] ? first.Feature : null);

    private bool CanMeasureAlike => _comparison is { Mine: not null, OnSameRows: false } && Against is not null && _explained is not null;

    private string[] Topics => Against is { } other
        ? [$"explanations:{State.Version.Model}@{State.Version.Version}", $"explanations:{State.Version.Model}@{other}"]
        : [$"explanations:{State.Version.Model}@{State.Version.Version}"];

    private string MyName => $"{State.Version.Version}";

    private string OtherName => $"{Against}";

    private IReadOnlyDictionary<string, MetricEstimate> Metrics => Recorded ? State.Metrics : _comparison?.Mine?.Metrics ?? State.Metrics;

    private IReadOnlyDictionary<string, MetricEstimate>? OtherMetrics =>
        Recorded ? State.Comparison!.Metrics : _comparison?.Other?.Metrics ?? (_otherVersion is { } other ? VersionState.Estimates(other) : null);

    // Compared on the same rows when it was evaluated: that holds where what is drawn are each one's own rows, or none.
    private bool Recorded => _comparison is { OnSameRows: false } && State.Comparison is { } comparison && comparison.Version == Against;

    private IReadOnlyDictionary<string, MetricEstimate>? Differences =>
        _comparison is { OnSameRows: true } ? _comparison.Differences is { Count: > 0 } found ? found : null : Recorded ? State.Comparison!.Differences : null;

    private string Said => _comparison switch
    {
        null => "",
        { Mine: null } => State.Version.Metrics.Count == 0 ? "" : "its answers on single rows are not kept: there is nothing to draw",
        { Mine.TotalRows: var total, Mine: var mine } when Against is null => Drawn(mine, total),
        { Other: null } => $"answers of version {Against} on single rows are not kept",
        { OnSameRows: true, Mine: { } mine } => $"both on the same {Format.Count(mine.TotalRows, "row")} ({mine.RowsAre})",
        { Mine: { } mine, Other: { } other } => $"not on the same rows: {MyName} on the {mine.RowsAre}, {Against} on the {other.RowsAre}",
    };

    private string Rows => _comparison switch
    {
        _ when Metrics.Count == 0 => "",
        _ when Recorded => $"the same {Format.Count(State.Report!.Rows, "test row")} of {State.Report.Dataset}; paired bootstrap",
        { Mine: { } mine } when Against is null => $"{Format.Count(mine.TotalRows, "row")}, {mine.RowsAre}; 95 % intervals",
        { OnSameRows: true, Mine: { } mine } => $"the same {Format.Count(mine.TotalRows, "row")}, {mine.RowsAre}; paired bootstrap, 95 %",
        { Mine: not null, Other: not null } => "each on its own rows: no difference is drawn; 95 % intervals",
        _ when State.Report is not { } report => "as its uploader says",
        _ => $"{Format.Count(State.Report.Rows, "test row")} of {State.Report.Dataset}; 95 % intervals",
    };

    private string Checks => State.Report is not { } report ? "" : $"{report.Gates.Count - State.Failed} of {report.Gates.Count}";

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <summary>The calibration of a report as its chart takes it.</summary>
    internal static IReadOnlyList<Charts.CalibrationBin> Bins(EvaluationReport? report) => Bins(report?.Calibration ?? []);

    internal static IReadOnlyList<Charts.CalibrationBin> Bins(IReadOnlyList<CalibrationBin> bins) =>
        [.. bins.Select(b => new Charts.CalibrationBin(b.Predicted, b.Observed.Value, b.Observed.Lower, b.Observed.Upper))];

    protected override async Task OnParametersSetAsync()
    {
        var asked = (State.Version.Model, State.Version.Version, Against);
        if (asked == _asked) return;
        (_asked, _comparison) = (asked, null);
        try
        {
            _otherVersion = Against is { } number ? await Catalog.GetVersionAsync(asked.Model, number, _gone.Token) : null;
            (_explained, _pending) = await Explained.NewestAsync(asked.Model, asked.Version, _gone.Token);
            await CompareAsync(asked.Model, asked.Version);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page went away.
        }
    }

    // The pictures first; the bootstrap of the differences takes longer than all of them.
    private async Task CompareAsync(string model, int version)
    {
        var asked = (model, version, Against);
        foreach (var differences in new[] { false, true })
        {
            var found = await Evidence.CompareAsync(model, version, asked.Against, _gone.Token, differences);
            if (asked != _asked) return;
            _comparison = found;
            StateHasChanged();
            if (!found.OnSameRows) return;
        }
    }

    private async Task ReadExplanationAsync()
    {
        var (model, version) = (State.Version.Model, State.Version.Version);
        (_explained, _pending) = await Explained.NewestAsync(model, version, _gone.Token);
        if (_comparison is not ({ OnSameRows: true } or null)) await CompareAsync(model, version);
    }

    private async Task MeasureAlikeAsync()
    {
        var actor = await Current.GetAsync();
        await Notices.TryAsync(
            () => Explanations.MeasureAlikeAsync(State.Version.Model, State.Version.Version, Against!.Value, actor, _gone.Token),
            $"Version {Against} is being measured on the same rows.");
    }

    private static string Drawn(ModelEvidence mine, long total) => mine.Rows < total
        ? $"drawn over a seeded sample of {Format.Count(mine.Rows)} of {Format.Count(total, "row")}"
        : "";
}
