using Microsoft.AspNetCore.Components;
using Nexus.Data.Agents;

namespace Nexus.Web.Agents;

/// <summary>Which versions served, and since when.</summary>
public sealed partial class AgentHistory : ComponentBase
{
    [Parameter, EditorRequired] public AgentView Agent { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<ServedModelVersion> History { get; set; } = [];
}
