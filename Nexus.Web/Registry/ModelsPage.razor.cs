using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>Which models are there, and which version of each is live?</summary>
public sealed partial class ModelsPage : ComponentBase
{
    private static readonly string[] Topics = ["models"];
    private KeysetTable<ModelView> _table = null!;
    private string _say = "";

    [Inject] public required ModelCatalog Catalog { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private async Task<Page<ModelView>> LoadAsync(PageRequest request, CancellationToken ct)
    {
        var page = await Catalog.ListAsync(request, ct);
        if (request.Token is null && page.NextPageToken is null)
        {
            var live = page.Items.Count(m => m.ProductionVersion is not null);
            _say = page.Items.Count == 0 ? "" : $"{Format.Count(page.Items.Count, "model")}, {(live == 0 ? "none" : Format.Count(live))} with a version in Production.";
            StateHasChanged();
        }

        return page;
    }

    private Task RefreshAsync() => _table.ReloadAsync();

    private async Task UploadAsync()
    {
        if (await UploadDialog.AskAsync(Dialogs) is { } version) Navigation.NavigateTo($"/models/{version.Model}/{version.Version}");
    }
}
