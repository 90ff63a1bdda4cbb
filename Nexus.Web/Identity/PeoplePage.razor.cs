using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Identity;

/// <summary>Who may do what here?</summary>
public sealed partial class PeoplePage : ComponentBase
{
    private static readonly Crumb[] Crumbs = [new("Settings", "/settings")];
    private IReadOnlyList<Tab> _tabs = [];
    private KeysetTable<PersonView> _table = null!;

    [Inject] public required PersonService People { get; init; }
    [Inject] public required SetupService Setup { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required Notices Notices { get; init; }

    protected override async Task OnInitializedAsync() => _tabs = SettingsPage.TabsFor(await Current.GetAsync());

    private async Task<Page<PersonView>> LoadAsync(PageRequest request, CancellationToken ct) => await People.ListAsync(request, await Current.GetAsync(), ct);

    private async Task NewAsync()
    {
        if (await PersonDialog.NewAsync(Dialogs)) await _table.ReloadAsync();
    }

    private async Task RolesAsync(PersonView person)
    {
        if (await PersonDialog.RolesAsync(Dialogs, person)) await _table.ReloadAsync();
    }

    private async Task LinkAsync(PersonView person) => _ = await Notices.TryAsync(async () =>
    {
        var token = await Setup.RenewAsync(person.UserName, await Current.GetAsync(), CancellationToken.None);
        await PersonDialog.ShowLinkAsync(Dialogs, person.UserName, token);
    });

    private async Task DisableAsync(PersonView person)
    {
        var actor = await Current.GetAsync();
        if (person.DisabledAt is not null)
        {
            await Notices.TryAsync(() => People.EnableAsync(person.UserName, actor, CancellationToken.None), $"{person.UserName} may enter again.");
        }
        else
        {
            if (await ConfirmDialog.AskAsync(Dialogs, $"Disable {person.UserName}?", "Their sessions and keys are refused from now on. What they did stays theirs.", "Disable", dangerous: true) is null) return;
            await Notices.TryAsync(() => People.DisableAsync(person.UserName, actor, CancellationToken.None), $"{person.UserName} is out.");
        }

        await _table.ReloadAsync();
    }
}
