using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>Text in a fixed pitch with a button that copies it.</summary>
public sealed partial class CodeBlock : ComponentBase
{
    [Parameter, EditorRequired] public string Text { get; set; } = "";
}
