using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>An estimate with its 95 % interval, <c>0.774 [0.768, 0.780]</c>; an en dash, and why on hover, where unknown.</summary>
public sealed partial class Estimate : ComponentBase
{
    [Parameter, EditorRequired] public double? Value { get; set; }
    [Parameter] public double? Lower { get; set; }
    [Parameter] public double? Upper { get; set; }
    [Parameter] public string? Why { get; set; }
}
