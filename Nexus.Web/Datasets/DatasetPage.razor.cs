using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Lineage;
using Nexus.Inference.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>What is in it, and what changed?</summary>
public sealed partial class DatasetPage : ComponentBase, IDisposable
{
    private const int Others = 50;
    private static readonly string[] Topics = ["datasets"];
    private static readonly Crumb[] AllDatasets = [new("Datasets", "/datasets")];
    private readonly CancellationTokenSource _gone = new();
    private DatasetVersionView? _version;
    private DatasetVersionView? _before;
    private DatasetComparison? _comparison;
    private string? _failure;
    private IReadOnlyList<string> _users = [];
    private int _newest;
    private List<int> _others = [];
    private Tab[] _tabs = [];

    [Parameter] public string Name { get; set; } = "";

    /// <summary>The version; the newest where the address names none.</summary>
    [Parameter] public int? Number { get; set; }
    [Parameter] public string? Facet { get; set; }

    /// <summary>The version that it is compared with; the one before where the address names none.</summary>
    [SupplyParameterFromQuery(Name = "against")] public int? Against { get; set; }
    [Inject] public required DatasetCatalog Catalog { get; init; }
    [Inject] public required UseService Uses { get; init; }
    [Inject] public required DatasetComparer Comparer { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private Crumb[] Crumbs => _version is null ? AllDatasets : [.. AllDatasets, new(Name, $"/datasets/{Name}")];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        await ReadAsync();
        StateHasChanged();
        await CompareAsync();
    }

    private async Task ReadAsync()
    {
        var newest = await Catalog.GetAsync(new(Name), _gone.Token);
        var number = Number ?? newest.Version;
        if (_version is null || _version.Name != Name || _version.Version != number)
            _version = number == newest.Version ? newest : await Catalog.GetAsync(new(Name, number), _gone.Token);
        var against = Against is { } asked && asked != number && asked > 0 && asked <= newest.Version ? asked : number - 1;
        if (_before?.Version != against || _before.Name != Name) _before = against > 0 ? await Catalog.GetAsync(new(Name, against), _gone.Token) : null;
        if (_comparison?.Name != Name || _comparison.Version != number || _comparison.Against != against) (_comparison, _failure) = (null, null);
        _newest = newest.Version;
        _users = await Uses.OfDatasetAsync(Name, number, _gone.Token);
        _others = [.. Enumerable.Range(1, _newest).Where(n => n != number && (n > _newest - Others || n == against || n == number - 1)).Reverse()];
        _tabs = Tabs(number);
    }

    /// <summary>After the page stands: it reads both versions' rows.</summary>
    private async Task CompareAsync()
    {
        if (_before is not { } before || _version is not { } version || _comparison is not null) return;
        try
        {
            var comparison = await Comparer.CompareAsync(new(version.Name, version.Version), before.Version, _gone.Token);
            if (version == _version && before == _before) _comparison = comparison; // else another pair was chosen meanwhile
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page went away.
        }
        catch (RefusedException refused) when (version == _version && before == _before)
        {
            _failure = refused.Message;
        }
        catch (RefusedException)
        {
            // Of a pair that nobody looks at any more.
        }
    }

    private Tab[] Tabs(int number)
    {
        var (address, query) = ($"datasets/{Name}/{number}", Against is { } against ? $"?against={against}" : "");
        Tab[] tabs =
        [
            new("Columns", (Number is null ? $"datasets/{Name}" : address) + query, Exact: true),
            new("Correlations", $"{address}/correlations{query}"), new("Preview", $"{address}/preview{query}"),
            new("Difference", $"{address}/difference{query}"), new("Query", $"{address}/query{query}"),
            new("Lineage", $"{address}/uses{query}"), new("Versions", $"{address}/versions{query}"),
        ];
        return _before is null ? [.. tabs.Where(t => t.Text != "Difference")] : tabs;
    }

    private void CompareWith(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value?.ToString(), out var other))
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("against", other == _version!.Version - 1 ? (int?)null : other));
    }

    private async Task UploadAsync()
    {
        if (await UploadDatasetDialog.AskAsync(Dialogs, Name) is { } address) Navigation.NavigateTo(address);
    }
}
