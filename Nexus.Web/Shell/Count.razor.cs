using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>A whole number with its thousands separated.</summary>
public sealed partial class Count : ComponentBase
{
    [Parameter, EditorRequired] public long? Value { get; set; }

    /// <summary>Shown on hover; says why where there is no value.</summary>
    [Parameter] public string? Why { get; set; }
}
