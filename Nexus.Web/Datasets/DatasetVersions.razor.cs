using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>The versions of the dataset, newest first.</summary>
public sealed partial class DatasetVersions : ComponentBase
{
    private static readonly string[] Topics = ["datasets"];
    private readonly Dictionary<int, DatasetVersionView> _known = [];
    private KeysetTable<DatasetVersionView> _table = null!;

    /// <summary>The one that the page is about.</summary>
    [Parameter, EditorRequired] public DatasetVersionView Version { get; set; } = null!;
    [Inject] public required DatasetCatalog Catalog { get; init; }

    private string Change(DatasetVersionView version) => DatasetWords.Change(version, _known.GetValueOrDefault(version.Version - 1));

    private async Task<Page<DatasetVersionView>> LoadAsync(PageRequest request, CancellationToken ct)
    {
        var page = await Catalog.VersionsAsync(Version.Name, request, ct);
        foreach (var version in page.Items) _known[version.Version] = version;
        // The last one's forerunner stands on the next page.
        if (page.Items is [.., { Version: > 1 } last] && !_known.ContainsKey(last.Version - 1))
            _known[last.Version - 1] = await Catalog.GetAsync(new(last.Name, last.Version - 1), ct);
        return page;
    }
}
