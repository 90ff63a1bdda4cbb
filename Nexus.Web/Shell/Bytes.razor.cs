using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>A size as <c>3.02 MB</c>.</summary>
public sealed partial class Bytes : ComponentBase
{
    [Parameter, EditorRequired] public long? Value { get; set; }

    /// <summary>Shown on hover; says why where there is no value.</summary>
    [Parameter] public string? Why { get; set; }
}
