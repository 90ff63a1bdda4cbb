using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>Uploads, and the facets of the dataset that is open.</summary>
internal sealed class DatasetPalette(IDialogService dialogs, NavigationManager navigation) : IPaletteSource
{
    public Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct)
    {
        var items = new List<PaletteItem>();
        if (context.In("datasets") is [var name, ..] parts)
        {
            if (context.Is(Role.Engineer)) items.Add(new($"Upload a version of {name}") { Act = () => UploadAsync(name), Here = true });
            if (parts.Length > 1) items.Add(new($"Lineage of {name}@{parts[1]}", "lineage") { Href = $"/datasets/{name}/{parts[1]}/uses", Here = true });
        }

        if (context.Is(Role.Engineer)) items.Add(new("Upload a dataset") { Act = () => UploadAsync(null), Also = "new import csv parquet" });
        return Task.FromResult<IReadOnlyList<PaletteItem>>(items);
    }

    private async Task UploadAsync(string? name)
    {
        if (await UploadDatasetDialog.AskAsync(dialogs, name) is { } address) navigation.NavigateTo(address);
    }
}
