using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Nodes;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Nodes;

/// <summary>Which processes make up this portal, and do they all live?</summary>
public sealed partial class NodesPage : ComponentBase
{
    private static readonly Crumb[] Crumbs = [new("Settings", "/settings")];
    private static readonly string[] Topics = ["nodes"];
    private IReadOnlyList<Tab> _tabs = [];
    private KeysetTable<NodeView> _table = null!;

    [Inject] public required NodeRegister Nodes { get; init; }
    [Inject] public required CurrentActor Current { get; init; }

    protected override async Task OnInitializedAsync() => _tabs = SettingsPage.TabsFor(await Current.GetAsync());

    private async Task<Page<NodeView>> LoadAsync(PageRequest request, CancellationToken ct) => await Nodes.ListAsync(request, await Current.GetAsync(), ct);

    private static ChipState Chip(NodeState state) => state switch
    {
        NodeState.Up => ChipState.Good,
        NodeState.Gone => ChipState.Bad,
        _ => ChipState.Plain,
    };
}
