using Microsoft.AspNetCore.Authorization;
using Microsoft.JSInterop;

namespace Nexus.Web.Shell;

/// <summary>The rooms, and what the frame itself does.</summary>
internal sealed class PlaceSource(IAuthorizationService authorization, IJSRuntime js) : IPaletteSource
{
    public async Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct)
    {
        var items = new List<PaletteItem>();
        foreach (var room in Room.All)
        {
            if ((await authorization.AuthorizeAsync(context.Me, room.Policy)).Succeeded) items.Add(new(room.Name, "room") { Href = "/" + room.Href, Keys = $"g {room.Key}" });
        }

        items.Add(new("Change between light and dark") { Act = () => ActAsync("theme"), Also = "theme toggle" });
        items.Add(new("Show the keys of this page") { Act = () => ActAsync("keys"), Keys = "?", Also = "keyboard shortcuts map help" });
        items.Add(new("Take the tour") { Act = () => ActAsync("tour"), Also = "help introduction learn" });
        items.Add(new("Fold or unfold the list of rooms") { Act = () => ActAsync("rail"), Also = "sidebar rail" });
        items.Add(new("Open the API reference") { Act = null, Href = "/docs", Do = true, Also = "rest openapi" });
        return items;
    }

    private async Task ActAsync(string name)
    {
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "/js/palette.js");
        await module.InvokeVoidAsync("act", name);
    }
}
