using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>Opens, keeps and forgets arrangements of the list of runs.</summary>
public sealed partial class RunViews : ComponentBase
{
    private IReadOnlyList<SavedViewItem>? _views;
    private string _name = "";

    /// <summary>What the page shows now, as its query string.</summary>
    [Parameter, EditorRequired] public string Query { get; set; } = "";
    [Inject] public required SavedViewService Views { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }

    private async Task LoadAsync() => _views = (await Views.ListAsync(new PageRequest(PageRequest.MaxSize), CancellationToken.None)).Items;

    private async Task SaveAsync()
    {
        if (await Views.FindAsync(_name.Trim(), CancellationToken.None) is { } taken
            && await ConfirmDialog.AskAsync(Dialogs, $"Replace the view {taken.Name}?", $"{taken.CreatedBy} saved it, and everybody can open it. What it shows now is lost.", "Replace", dangerous: true) is null) return;
        if (!await Notices.TryAsync(async () => await Views.PutAsync(_name.Trim(), Query, await Me.GetAsync(), CancellationToken.None), $"The view {_name.Trim()} is saved.")) return;
        _name = "";
        await LoadAsync();
    }

    private async Task ForgetAsync(SavedViewItem view)
    {
        await Notices.TryAsync(async () => await Views.DeleteAsync(view.Name, await Me.GetAsync(), CancellationToken.None));
        await LoadAsync();
    }
}
