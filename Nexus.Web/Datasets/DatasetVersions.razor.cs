using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>The versions of the dataset, newest first.</summary>
public sealed partial class DatasetVersions : ComponentBase
{
    private static readonly string[] Topics = ["datasets"];
    private KeysetTable<DatasetVersionView> _table = null!;

    /// <summary>The one that the page is about.</summary>
    [Parameter, EditorRequired] public DatasetVersionView Version { get; set; } = null!;
    [Inject] public required DatasetCatalog Catalog { get; init; }

    private Task<Page<DatasetVersionView>> LoadAsync(PageRequest request, CancellationToken ct) => Catalog.VersionsAsync(Version.Name, request, ct);
}
