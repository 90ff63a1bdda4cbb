using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>Says in one sentence what would be here, and offers the one action that makes the first.</summary>
public sealed partial class EmptyState : ComponentBase
{
    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = null!;
    [Parameter] public RenderFragment? Action { get; set; }
}
