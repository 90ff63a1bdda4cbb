using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>Facts under one another: holds <see cref="KeyValue"/>s.</summary>
public sealed partial class KeyValueList : ComponentBase
{
    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = null!;
}
