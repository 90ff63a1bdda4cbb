using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell.Home;

/// <summary>What happened last: the ledger in words for whoever may read it, the runs for everybody else.</summary>
public sealed partial class HomeRecent : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<RecentItem> Items { get; set; } = [];
}
