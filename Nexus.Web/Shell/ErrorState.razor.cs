using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>A failure in place: what failed, what it means, what can be done, and the trace id to copy.</summary>
public sealed partial class ErrorState : ComponentBase
{
    [Parameter, EditorRequired] public string What { get; set; } = "";
    [Parameter] public string? Means { get; set; }
    [Parameter] public string? TraceId { get; set; }
    [Parameter] public EventCallback Retry { get; set; }
}
