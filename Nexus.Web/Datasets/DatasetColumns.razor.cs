using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Inference.Datasets;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>The columns as rows, what changed in each, and another choice of their types.</summary>
public sealed partial class DatasetColumns : ComponentBase, IDisposable
{
    private const int PageSize = 100;
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<ColumnProfile>? _profile;
    private string? _firstFilter;
    private DatasetVersionView? _shownVersion;
    private Dictionary<string, string>? _types;
    private RefusedException? _refusal;
    private Dictionary<string, ColumnChange> _changes = [];
    private DatasetComparison? _compared;
    private string? _open;
    private int _shown = PageSize;
    private bool _working;

    [Parameter, EditorRequired] public DatasetVersionView Version { get; set; } = null!;

    /// <summary>The version that it is compared with; null where there is none.</summary>
    [Parameter] public DatasetVersionView? Before { get; set; }

    /// <summary>Null until it is made.</summary>
    [Parameter] public DatasetComparison? Comparison { get; set; }

    /// <summary>Why there is no comparison.</summary>
    [Parameter] public string? Failure { get; set; }

    /// <summary>A part of the name; in the address.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "changed")] public bool ChangedOnly { get; set; }
    [Inject] public required DatasetCatalog Catalog { get; init; }
    [Inject] public required DatasetService Datasets { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private IEnumerable<ColumnProfile> Matching =>
        _profile!.Where(c => Named(c.Name) && (!ChangedOnly || Comparison is null || (ChangeOf(c.Name) is { } change && ChangeWords.IsNews(change))));

    /// <summary>Columns that only the other version has.</summary>
    private IEnumerable<ColumnChange> Gone => Comparison?.Columns.Where(c => c.Kind == ColumnChangeKind.Removed && Named(c.Name)) ?? [];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    // The box takes it once: what is typed afterwards runs ahead of the address, and is not written back.
    protected override void OnInitialized() => _firstFilter = Filter;

    protected override async Task OnParametersSetAsync()
    {
        if (_compared != Comparison) (_compared, _changes) = (Comparison, Comparison?.Columns.ToDictionary(c => c.Name, StringComparer.Ordinal) ?? []);
        if (_shownVersion == Version) return;
        (_shownVersion, _types, _refusal) = (Version, null, null);
        _profile = await Catalog.ProfileAsync(new(Version.Name, Version.Version), _gone.Token);
    }

    private static string Psi(double? psi) => psi is { } value ? value.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture) : Format.Unknown;

    private bool Named(string name) => string.IsNullOrEmpty(Filter) || name.Contains(Filter, StringComparison.OrdinalIgnoreCase);

    private ColumnChange? ChangeOf(string name) => _changes.GetValueOrDefault(name);

    private void Toggle(string name) => _open = _open == name ? null : name;

    private void FilterBy(ChangeEventArgs change)
    {
        _shown = PageSize;
        Filter = change.Value?.ToString();
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("q", string.IsNullOrEmpty(Filter) ? null : Filter), replace: true);
    }

    private void ShowChanged(ChangeEventArgs change) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("changed", change.Value is true ? true : (bool?)null), replace: true);

    private string Summary()
    {
        if (Comparison is { } comparison)
        {
            return comparison.NewRowsOnly
                ? comparison.ComparedRows == 0 ? $"against version {comparison.Against}, which has all these rows" : $"against version {comparison.Against}; limit calibrated to {Format.Count(comparison.ComparedRows, "new row")}"
                : $"against version {comparison.Against}; limit calibrated to {Format.Count(comparison.ComparedRows, "row")} and {Format.Count(comparison.RowsBefore)}";
        }

        if (Before is not null) return $"comparing with version {Before.Version} …";
        var missing = _profile!.Count(c => c.Missing > 0);
        var constant = _profile!.Count(c => c.Distinct == 1 && c.Rows > 1);
        return Version.Rows == 0 ? "It has columns but no rows."
            : $"{(missing == 0 ? "No column misses a value" : $"{Format.Count(missing, "column")} {(missing == 1 ? "misses" : "miss")} values")}"
              + $"{(constant == 0 ? "" : $"; {Format.Count(constant, "column")} {(constant == 1 ? "has" : "have")} one value throughout")}.";
    }

    private void Choose(ColumnProfile column, ChangeEventArgs change)
    {
        if (change.Value is string type && type != column.Type) _types![column.Name] = type;
        else _types!.Remove(column.Name);
    }

    private async Task RetypeAsync()
    {
        (_working, _refusal) = (true, null);
        try
        {
            var (version, created) = await Datasets.RetypeAsync(new(Version.Name, Version.Version), _types!, await Current.GetAsync(), _gone.Token);
            Notices.Done(created ? $"Version {version.Version} has these types." : $"Version {version.Version} had these types already.");
            Navigation.NavigateTo($"/datasets/{version.Name}/{version.Version}");
        }
        catch (RefusedException refused)
        {
            _refusal = refused;
        }
        finally
        {
            _working = false;
        }
    }
}
