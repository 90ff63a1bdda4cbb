using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>What is in it, and what changed?</summary>
public sealed partial class DatasetPage : ComponentBase
{
    private static readonly string[] Topics = ["datasets"];
    private static readonly Crumb[] AllDatasets = [new("Datasets", "/datasets")];
    private DatasetVersionView? _version;
    private DatasetVersionView? _before;
    private int _newest;
    private Tab[] _tabs = [];

    [Parameter] public string Name { get; set; } = "";

    /// <summary>The version; the newest where the address names none.</summary>
    [Parameter] public int? Number { get; set; }
    [Parameter] public string? Facet { get; set; }
    [Inject] public required DatasetCatalog Catalog { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private Crumb[] Crumbs => _version is null ? AllDatasets : [.. AllDatasets, new(Name, $"/datasets/{Name}")];

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        var newest = await Catalog.GetAsync(new(Name), CancellationToken.None);
        var number = Number ?? newest.Version;
        if (_version is null || _version.Name != Name || _version.Version != number)
        {
            _version = number == newest.Version ? newest : await Catalog.GetAsync(new(Name, number), CancellationToken.None);
            _before = number > 1 ? await Catalog.GetAsync(new(Name, number - 1), CancellationToken.None) : null;
        }

        var address = $"datasets/{Name}/{number}";
        _tabs =
        [
            new("Columns", Number is null ? $"datasets/{Name}" : address, Exact: true),
            new("Preview", $"{address}/preview"), new("Versions", $"{address}/versions"), new("Lineage", $"{address}/uses"),
        ];
        _newest = newest.Version;
    }

    private async Task UploadAsync()
    {
        if (await UploadDatasetDialog.AskAsync(Dialogs, Name) is { } address) Navigation.NavigateTo(address);
    }
}
