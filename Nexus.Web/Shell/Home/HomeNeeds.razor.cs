using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell.Home;

/// <summary>What waits for this person, most urgent first, each with its one action.</summary>
public sealed partial class HomeNeeds : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<Need> Items { get; set; } = [];
}
