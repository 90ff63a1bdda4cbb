using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>One fact of a <see cref="KeyValueList"/>.</summary>
public sealed partial class KeyValue : ComponentBase
{
    [Parameter, EditorRequired] public string Key { get; set; } = "";
    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = null!;
}
