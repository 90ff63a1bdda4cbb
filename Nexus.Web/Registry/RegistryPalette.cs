using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>Models to upload, and versions to ask into Production.</summary>
internal sealed class RegistryPalette(
    IDbContextFactory<NexusDb> contexts, TransitionService transitions, CurrentActor me, IDialogService dialogs, NavigationManager navigation) : IPaletteSource
{
    private const int MostModels = 100;

    public async Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct)
    {
        var items = new List<PaletteItem>();
        var open = context.In("models") is [var name, var text, ..] && int.TryParse(text, out var number) ? (Name: name, Number: number) : default;
        if (open.Name is not null)
        {
            items.Add(new($"Lineage of {open.Name} {open.Number}", "lineage") { Href = $"/models/{open.Name}/{open.Number}/lineage", Here = true });
            items.Add(new($"Card of {open.Name} {open.Number}", "card") { Href = $"/models/{open.Name}/{open.Number}/card", Here = true });
        }

        if (!context.Is(Role.Engineer)) return items;
        items.Add(new("Upload a model") { Act = UploadAsync, Also = "new onnx import" });
        await using var db = await contexts.CreateDbContextAsync(ct);
        var models = await db.Models.Where(m => m.LatestVersion > 0).OrderByDescending(m => m.CreatedAt).Take(MostModels)
            .Select(m => new { m.Name, m.LatestVersion, m.ProductionVersion }).ToListAsync(ct);
        var asked = (await db.Approvals.Where(a => a.State == ApprovalState.Pending).Select(a => a.Subject).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        foreach (var model in models)
        {
            var version = open.Name == model.Name ? open.Number : model.LatestVersion;
            if (version == model.ProductionVersion || asked.Contains($"model/{model.Name}@{version}")) continue;
            items.Add(new($"Ask for {model.Name} {version} in Production") { Act = () => AskAsync(model.Name, version), Here = open.Name == model.Name, Also = "promote promotion request" });
        }

        return items;
    }

    private async Task UploadAsync()
    {
        if (await UploadDialog.AskAsync(dialogs) is { } version) navigation.NavigateTo($"/models/{version.Model}/{version.Version}");
    }

    private async Task AskAsync(string model, int version)
    {
        var reason = await ConfirmDialog.AskAsync(
            dialogs, $"Ask for {model} {version} in Production?", "Somebody else with the role Approver has to sign within 72 hours.", "Ask for Production", askReason: "Why? The approver reads it.");
        if (reason is null) return;
        var outcome = await transitions.RequestAsync(model, version, Stage.Production, reason, await me.GetAsync(), CancellationToken.None);
        navigation.NavigateTo(outcome.ApprovalId is { } approval ? $"/approvals/{approval}" : $"/models/{model}/{version}");
    }
}
