using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>All configs by group and name; a group stands in the address.</summary>
public sealed partial class ConfigsPage : ComponentBase
{
    private static readonly string[] Topics = ["configs", "pipelines"];
    private KeysetTable<ConfigItem> _table = null!;
    private string? _shown;

    [SupplyParameterFromQuery] public string? Group { get; set; }
    [Inject] public required ConfigService Configs { get; init; }

    protected override void OnInitialized() => _shown = Group;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Group || _table is null) return;
        _shown = Group;
        await _table.RestartAsync();
    }

    private Task<Page<ConfigItem>> LoadAsync(PageRequest page, CancellationToken ct) => Configs.ListAsync(Group, page, ct);
}
