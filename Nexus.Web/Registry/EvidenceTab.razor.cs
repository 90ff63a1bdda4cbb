using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Jobs.Registry.Evidence;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>How good it is, against any other version and against nothing, and what was asked of it.</summary>
public sealed partial class EvidenceTab : ComponentBase, IDisposable
{
    private const int MostOffered = 200;
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<ModelVersionView> _versions = [];
    private ModelComparison? _comparison;
    private (string, int, int?)? _asked;

    [Parameter, EditorRequired] public VersionState State { get; set; } = null!;

    /// <summary>The other version; null for none.</summary>
    [Parameter] public int? Against { get; set; }

    /// <summary>Another version was chosen.</summary>
    [Parameter] public EventCallback<int?> AgainstChanged { get; set; }
    [Inject] public required EvidenceService Evidence { get; init; }
    [Inject] public required ModelCatalog Catalog { get; init; }

    private string MyName => $"{State.Version.Version}";

    private string OtherName => $"{Against}";

    private IEnumerable<ModelVersionView> Others => _versions.Where(v => v.Version != State.Version.Version);

    private ModelVersionView? Other => Against is { } number ? _versions.FirstOrDefault(v => v.Version == number) : null;

    private IReadOnlyDictionary<string, MetricEstimate> Metrics => _comparison?.Mine?.Metrics ?? State.Metrics;

    private IReadOnlyDictionary<string, MetricEstimate>? OtherMetrics =>
        _comparison?.Other?.Metrics ?? (Recorded ? State.Comparison!.Metrics : Other is { } other ? VersionState.Estimates(other) : null);

    // Versions whose rows' answers were not kept may still have been compared when they were evaluated.
    private bool Recorded => _comparison is { OnSameRows: false } && State.Comparison is { } comparison && comparison.Version == Against;

    private IReadOnlyDictionary<string, MetricEstimate>? Differences =>
        _comparison is { OnSameRows: true } ? _comparison.Differences : Recorded ? State.Comparison!.Differences : null;

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
        { Mine: { } mine } when Against is null => $"{Format.Count(mine.TotalRows, "row")}, {mine.RowsAre}; 95 % intervals",
        { OnSameRows: true, Mine: { } mine } => $"the same {Format.Count(mine.TotalRows, "row")}, {mine.RowsAre}; paired bootstrap, 95 %",
        { Mine: not null, Other: not null } => "each on its own rows: no difference is drawn; 95 % intervals",
        _ when State.Report is not { } report => "as its uploader says",
        _ when Recorded => $"the same {Format.Count(State.Report!.Rows, "test row")} of {State.Report.Dataset}; paired bootstrap",
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
            _versions = (await Catalog.VersionsAsync(State.Version.Model, new PageRequest(MostOffered), _gone.Token)).Items;
            var found = await Evidence.CompareAsync(asked.Model, asked.Version, Against, _gone.Token);
            if (asked == _asked) _comparison = found;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page went away.
        }
    }

    private static string Drawn(ModelEvidence mine, long total) => mine.Rows < total
        ? $"drawn over a seeded sample of {Format.Count(mine.Rows)} of {Format.Count(total, "row")}"
        : "";

    private Task Chosen(ChangeEventArgs change) => AgainstChanged.InvokeAsync(int.TryParse(change.Value?.ToString(), out var number) ? number : null);
}
