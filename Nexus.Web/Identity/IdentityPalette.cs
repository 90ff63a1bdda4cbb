using MudBlazor;
using Nexus.Data.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Identity;

/// <summary>Keys and people.</summary>
internal sealed class IdentityPalette(PersonService people, CurrentActor current, IDialogService dialogs) : IPaletteSource
{
    public Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct)
    {
        var items = new List<PaletteItem> { new("Create an API key") { Act = MakeKeyAsync, Also = "new key token" } };
        if (context.Is(Role.Admin))
        {
            items.Add(new("People", "room") { Href = "/settings/people", Also = "users roles invite" });
            items.Add(new("Nodes", "room") { Href = "/settings/nodes", Also = "processes cluster health workers" });
        }

        return Task.FromResult<IReadOnlyList<PaletteItem>>(items);
    }

    private async Task MakeKeyAsync()
    {
        var actor = await current.GetAsync();
        await NewKeyDialog.AskAsync(dialogs, await people.GetAsync(actor.Name, actor, CancellationToken.None));
    }
}
