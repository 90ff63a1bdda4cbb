using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Inference.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>The strongest pairs first, then a matrix of the columns that they are of.</summary>
public sealed partial class DatasetCorrelations : ComponentBase, IDisposable
{
    private const int PageSize = 25;
    private const int MatrixColumns = 24;
    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<(string, string), double> _cells = [];
    private CorrelationReport? _report;
    private DatasetVersionView? _of;
    private List<string> _names = [];
    private string _filter = "";
    private string? _failure;
    private int _shown = PageSize;

    [Parameter, EditorRequired] public DatasetVersionView Version { get; set; } = null!;
    [Inject] public required CorrelationService Correlations { get; init; }

    private IEnumerable<CorrelationPair> Matching => _report!.Pairs.Where(p =>
        p.First.Contains(_filter, StringComparison.OrdinalIgnoreCase) || p.Second.Contains(_filter, StringComparison.OrdinalIgnoreCase));

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_of == Version) return;
        (_of, _report, _failure) = (Version, null, null);
        try
        {
            Show(await Correlations.OfAsync(new(Version.Name, Version.Version), _gone.Token));
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page went away.
        }
        catch (RefusedException refused)
        {
            _failure = refused.Message;
        }
    }

    private void Show(CorrelationReport report)
    {
        var strongest = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in report.Pairs)
        {
            if (strongest.Count + 2 > MatrixColumns) break;
            strongest.Add(pair.First);
            strongest.Add(pair.Second);
        }

        _names = [.. report.Columns.Where(strongest.Contains)];
        _cells.Clear();
        foreach (var pair in report.Pairs.Where(p => strongest.Contains(p.First) && strongest.Contains(p.Second)))
            _cells[(pair.First, pair.Second)] = _cells[(pair.Second, pair.First)] = pair.Spearman ?? pair.CramersV ?? pair.CorrelationRatio ?? 0;
        _report = report;
    }

    private static string Say(CorrelationReport report) =>
        report.SampledRows == 0 ? ""
        : report.SampledRows == report.Rows ? $"{Format.Count(report.Columns.Count, "column")}, all {Format.Count(report.Rows, "row")}"
        : $"{Format.Count(report.Columns.Count, "column")}, {Format.Count(report.SampledRows)} of {Format.Count(report.Rows, "row")}, drawn by a fixed hash of their number";

    private static string F(double? value) => value is { } number ? number.ToString("0.00;−0.00;0.00", CultureInfo.InvariantCulture) : "";

    private static string W(double strength) => (strength * 110).ToString("0.#", CultureInfo.InvariantCulture);

    private string Cell(int row, int column) =>
        row == column ? "·" : _cells.TryGetValue((_names[row], _names[column]), out var value) ? (100 * value).ToString("0;−0;0", CultureInfo.InvariantCulture) : "–";

    private string Tint(int row, int column) => row != column && _cells.TryGetValue((_names[row], _names[column]), out var value)
        ? string.Create(CultureInfo.InvariantCulture, $"background: color-mix(in srgb, var(--{(value < 0 ? "warn" : "accent")}) {Math.Abs(value) * 35:0}%, transparent)")
        : "";
}
