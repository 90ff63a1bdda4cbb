using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>The columns as rows, and another choice of their types.</summary>
public sealed partial class DatasetColumns : ComponentBase, IDisposable
{
    private const int PageSize = 100;
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<ColumnProfile>? _profile;
    private DatasetVersionView? _shownVersion;
    private Dictionary<string, string>? _types;
    private RefusedException? _refusal;
    private string _filter = "";
    private int _shown = PageSize;
    private bool _working;

    [Parameter, EditorRequired] public DatasetVersionView Version { get; set; } = null!;
    [Inject] public required DatasetCatalog Catalog { get; init; }
    [Inject] public required DatasetService Datasets { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private IEnumerable<ColumnProfile> Matching => _profile!.Where(c => c.Name.Contains(_filter, StringComparison.OrdinalIgnoreCase));

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shownVersion == Version) return;
        (_shownVersion, _types, _refusal) = (Version, null, null);
        _profile = await Catalog.ProfileAsync(new(Version.Name, Version.Version), _gone.Token);
    }

    private string Summary()
    {
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
