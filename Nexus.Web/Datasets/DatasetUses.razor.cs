using Microsoft.AspNetCore.Components;
using Nexus.Data.Datasets;

namespace Nexus.Web.Datasets;

/// <summary>Runs that read the version, and what they made, from the lineage graph.</summary>
public sealed partial class DatasetUses : ComponentBase
{
    private IReadOnlyList<DatasetUse>? _uses;

    [Parameter, EditorRequired] public DatasetVersionView Version { get; set; } = null!;
    [Inject] public required DatasetCatalog Catalog { get; init; }

    protected override async Task OnParametersSetAsync() =>
        _uses = await Catalog.UsesAsync(new(Version.Name, Version.Version), CancellationToken.None);
}
