using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>Which data are there?</summary>
public sealed partial class DatasetsPage : ComponentBase
{
    private static readonly string[] Topics = ["datasets"];
    private KeysetTable<DatasetView> _table = null!;
    private string _say = "";
    private string? _firstFilter;

    /// <summary>A part of the name; in the address, so that the view can be sent on.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Filter { get; set; }
    [Inject] public required DatasetCatalog Catalog { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    // The box takes it once: what is typed afterwards runs ahead of the address, and is not written back.
    protected override void OnInitialized() => _firstFilter = Filter;

    private async Task<Page<DatasetView>> LoadAsync(PageRequest request, CancellationToken ct)
    {
        var page = await Catalog.ListAsync(request, ct, Filter);
        if (request.Token is null && page.NextPageToken is null && string.IsNullOrWhiteSpace(Filter))
        {
            var rows = page.Items.Sum(d => d.Rows);
            _say = page.Items.Count == 0 ? "" : $"{Format.Count(page.Items.Count, "dataset")}; {Format.Count(rows, "row")} in the newest versions.";
            StateHasChanged();
        }

        return page;
    }

    private async Task FilterAsync(ChangeEventArgs change)
    {
        Filter = change.Value?.ToString();
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("q", string.IsNullOrWhiteSpace(Filter) ? null : Filter), replace: true);
        await _table.ReloadAsync();
    }

    private async Task UploadAsync()
    {
        if (await UploadDatasetDialog.AskAsync(Dialogs) is { } address) Navigation.NavigateTo(address);
    }
}
