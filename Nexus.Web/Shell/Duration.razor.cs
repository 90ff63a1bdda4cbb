using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>A span of time as <c>3 min 12 s</c>.</summary>
public sealed partial class Duration : ComponentBase
{
    [Parameter, EditorRequired] public TimeSpan? Value { get; set; }

    /// <summary>Shown on hover; says why where there is no value.</summary>
    [Parameter] public string? Why { get; set; }
}
