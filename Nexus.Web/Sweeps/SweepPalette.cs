using Microsoft.EntityFrameworkCore;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Sweeps;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Sweeps;

/// <summary>The list of sweeps, and those at work to pause, resume and cancel.</summary>
internal sealed class SweepPalette(IDbContextFactory<NexusDb> contexts, SweepService sweeps, CurrentActor me, IDialogService dialogs) : IPaletteSource
{
    private const int Most = 20;

    public async Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct)
    {
        var items = new List<PaletteItem> { new("Sweeps", "list") { Href = "/sweeps", Also = "search tuning trials" } };
        Guid? open = context.In("sweeps") is [var id, ..] && Guid.TryParse(id, out var known) ? known : null;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Sweeps.AsNoTracking().Where(s => s.State == SweepState.Running || s.State == SweepState.Paused || s.Id == open)
            .OrderBy(s => s.Id == open ? 0 : 1).ThenByDescending(s => s.CreatedAt).Take(Most)
            .Select(s => new { s.Id, s.State, Name = s.PipelineName + " sweep " + s.Number }).ToListAsync(ct);
        foreach (var row in rows)
        {
            var here = row.Id == open;
            if (here) items.Add(new($"Lineage of {row.Name}", "lineage") { Href = $"/lineage/sweep/{row.Id}", Here = true });
            if (!context.Is(Role.Engineer) || row.State is not (SweepState.Running or SweepState.Paused)) continue;
            items.Add(row.State == SweepState.Running
                ? new($"Pause {row.Name}") { Act = async () => await sweeps.PauseAsync(row.Id, await me.GetAsync(), CancellationToken.None), Here = here }
                : new($"Resume {row.Name}") { Act = async () => await sweeps.ResumeAsync(row.Id, await me.GetAsync(), CancellationToken.None), Here = here });
            items.Add(new($"Cancel {row.Name}") { Act = () => CancelAsync(row.Id, row.Name), Here = here, Also = "stop" });
        }

        return items;
    }

    private async Task CancelAsync(Guid id, string name)
    {
        var sure = await ConfirmDialog.AskAsync(
            dialogs, $"Cancel {name}?", "The runs at work stop within seconds, and no further one starts. What is done stays.", "Cancel the sweep", dangerous: true);
        if (sure is not null) await sweeps.CancelAsync(id, await me.GetAsync(), CancellationToken.None);
    }
}
