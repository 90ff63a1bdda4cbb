using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data.Registry;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>Words, tags and aliases of a version.</summary>
public sealed partial class CardTab : ComponentBase
{
    private string _alias = "";

    [Parameter, EditorRequired] public ModelVersionView Version { get; set; } = null!;

    /// <summary>Something was changed.</summary>
    [Parameter] public EventCallback Changed { get; set; }
    [Inject] public required ModelEditor Editor { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }

    private async Task DescribeAsync()
    {
        if (await TextDialog.AskAsync(Dialogs, $"What should one know of {Version.Model} {Version.Version}?", "Markdown; an approval that is asked for lapses when it changes", Version.Description) is not { } text) return;
        var actor = await Current.GetAsync();
        await Notices.TryAsync(() => Editor.DescribeAsync(Version.Model, Version.Version, text, null, actor, CancellationToken.None), "Saved.");
        await Changed.InvokeAsync();
    }

    private async Task SetAliasAsync()
    {
        var actor = await Current.GetAsync();
        if (await Notices.TryAsync(() => Editor.SetAliasAsync(Version.Model, _alias, Version.Version, actor, CancellationToken.None), $"{_alias} is version {Version.Version} now.")) _alias = "";
        await Changed.InvokeAsync();
    }

    private async Task DeleteAliasAsync(string alias)
    {
        var actor = await Current.GetAsync();
        await Notices.TryAsync(() => Editor.DeleteAliasAsync(Version.Model, alias, actor, CancellationToken.None));
        await Changed.InvokeAsync();
    }
}
