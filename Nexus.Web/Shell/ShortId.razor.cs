using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>Eight characters of an id or digest; the whole on hover, copied on click.</summary>
public sealed partial class ShortId : ComponentBase
{
    [Parameter, EditorRequired] public string Id { get; set; } = "";
}
