using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Identity;

/// <summary>Who am I here, and which keys act as me?</summary>
public sealed partial class SettingsPage : ComponentBase
{
    private IReadOnlyList<Tab> _tabs = [];
    private PersonView? _me;
    private KeysPanel? _keys;

    [Inject] public required PersonService People { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }

    /// <summary>The facets that the roles open; none where there is but one.</summary>
    internal static IReadOnlyList<Tab> TabsFor(Actor actor) =>
        actor.Is(Role.Admin) ? [new("My keys", "/settings", Exact: true), new("People", "/settings/people"), new("Nodes", "/settings/nodes")] : [];

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync();
        _tabs = TabsFor(actor);
        _me = await People.GetAsync(actor.Name, actor, CancellationToken.None);
    }

    private async Task NewKeyAsync()
    {
        if (await NewKeyDialog.AskAsync(Dialogs, _me!) && _keys is not null) await _keys.ReloadAsync();
    }
}
