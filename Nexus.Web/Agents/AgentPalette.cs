using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>Agents to make, and the facets of the one that is open.</summary>
internal sealed class AgentPalette(IDialogService dialogs, NavigationManager navigation) : IPaletteSource
{
    private static readonly (string Text, string Tab)[] Facets = [("Decisions", "decisions"), ("Monitoring", "monitoring"), ("Feedback", "feedback"), ("Lineage", "lineage")];

    public Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct)
    {
        var items = new List<PaletteItem>();
        if (context.In("agents") is [var name, ..] parts)
        {
            items.AddRange(Facets.Where(facet => parts.ElementAtOrDefault(1) != facet.Tab)
                .Select(facet => new PaletteItem($"{facet.Text} of {name}", "agent") { Href = $"/agents/{name}/{facet.Tab}", Here = true }));
        }

        if (context.Is(Role.Engineer)) items.Add(new("New agent") { Act = CreateAsync, Also = "create serve deploy" });
        return Task.FromResult<IReadOnlyList<PaletteItem>>(items);
    }

    private async Task CreateAsync()
    {
        if (await NewAgentDialog.AskAsync(dialogs) is { } name) navigation.NavigateTo($"/agents/{name}");
    }
}
