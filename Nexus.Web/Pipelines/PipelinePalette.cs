using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>Pipelines to write and to run, runs to cancel and to retry.</summary>
internal sealed class PipelinePalette(
    IDbContextFactory<NexusDb> contexts, RunLauncher launcher, CurrentActor me, IDialogService dialogs, NavigationManager navigation) : IPaletteSource
{
    private const int MostPipelines = 100;
    private const int MostRuns = 20;

    public async Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct)
    {
        var items = new List<PaletteItem>();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var open = context.In("runs") is [var id, ..] && Guid.TryParse(id, out var run)
            ? await db.Runs.Where(r => r.Id == run).Select(r => new RunRow(r.Id, r.PipelineName, r.Number, r.Status)).FirstOrDefaultAsync(ct)
            : null;
        if (open is not null) items.Add(new($"Lineage of {open.Name}", "lineage") { Href = $"/lineage/run/{open.Id}", Here = true });
        if (!context.Is(Role.Engineer)) return items;
        if (open?.Status is RunStatus.Failed or RunStatus.Canceled) items.Add(new($"Retry {open.Name}") { Act = () => RetryAsync(open), Here = true });
        items.Add(new("New pipeline") { Href = "/new-pipeline", Do = true, Also = "write yaml create" });
        var here = open?.Pipeline ?? (context.In("pipelines") is [var name, ..] ? name : null);
        foreach (var pipeline in await db.Pipelines.OrderByDescending(p => p.Runs).Take(MostPipelines).Select(p => p.Name).ToListAsync(ct))
            items.Add(new($"Start a run of {pipeline}") { Act = () => StartAsync(pipeline), Here = pipeline == here, Also = "train pipeline" });
        var busy = await db.Runs.Where(r => r.Status == RunStatus.Running || r.Status == RunStatus.Queued).OrderByDescending(r => r.CreatedAt).Take(MostRuns)
            .Select(r => new RunRow(r.Id, r.PipelineName, r.Number, r.Status)).ToListAsync(ct);
        items.AddRange(busy.Select(r => new PaletteItem($"Cancel {r.Name}") { Act = () => CancelAsync(r), Here = r.Id == open?.Id, Also = "stop run" }));
        return items;
    }

    private async Task StartAsync(string pipeline)
    {
        var sure = await ConfirmDialog.AskAsync(dialogs, $"Start a run of {pipeline}?", "It runs as it is written, on the newest version of its data. To change settings first, start it from its page.", "Start the run");
        if (sure is null) return;
        var started = await launcher.StartAsync(pipeline, [], null, await me.GetAsync(), CancellationToken.None);
        navigation.NavigateTo($"/runs/{started}");
    }

    private async Task CancelAsync(RunRow run)
    {
        var sure = await ConfirmDialog.AskAsync(dialogs, $"Cancel {run.Name}?", "What is at work stops within seconds. What is done stays, and the run can be retried from there.", "Cancel the run", dangerous: true);
        if (sure is not null) await launcher.CancelAsync(run.Id, await me.GetAsync(), CancellationToken.None);
    }

    private async Task RetryAsync(RunRow run) => await launcher.RetryAsync(run.Id, await me.GetAsync(), CancellationToken.None);

    private sealed record RunRow(Guid Id, string Pipeline, int Number, RunStatus Status)
    {
        public string Name => $"{Pipeline} #{Number}";
    }
}
