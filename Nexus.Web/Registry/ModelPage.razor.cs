using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>Which version is live, and what came before and after it?</summary>
public sealed partial class ModelPage : ComponentBase
{
    private const int Columns = 3;
    private static readonly string[] Topics = ["models"];
    private static readonly Crumb[] Crumbs = [new("Models", "/models")];
    private KeysetTable<ModelVersionView>? _table;
    private ModelView? _model;
    private List<string> _metrics = [];

    [Parameter] public string Name { get; set; } = "";
    [Inject] public required ModelCatalog Catalog { get; init; }
    [Inject] public required ModelEditor Editor { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        _model = await Catalog.GetAsync(Name, CancellationToken.None);
        _metrics = [.. MetricNames.Ordered((_model.Newest ?? _model.Production)?.Metrics.Keys ?? []).Take(Columns)];
    }

    private Task<Page<ModelVersionView>> LoadAsync(PageRequest request, CancellationToken ct) => Catalog.VersionsAsync(Name, request, ct);

    private async Task RefreshAsync()
    {
        await ReadAsync();
        if (_table is not null) await _table.ReloadAsync();
    }

    private async Task UploadAsync()
    {
        if (await UploadDialog.AskAsync(Dialogs, Name) is { } version) Navigation.NavigateTo($"/models/{Name}/{version.Version}");
    }

    private async Task DescribeAsync()
    {
        if (await TextDialog.AskAsync(Dialogs, $"What is {Name} for?", "Markdown", _model!.Description) is not { } text) return;
        var actor = await Current.GetAsync();
        await Notices.TryAsync(() => Editor.DescribeAsync(Name, text, null, actor, CancellationToken.None), "Saved.");
        await ReadAsync();
    }
}
