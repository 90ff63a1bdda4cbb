using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>A line icon from a path on a grid of 16; takes the colour of its text. Decoration: the word stands beside it.</summary>
public sealed partial class Icon : ComponentBase
{
    [Parameter, EditorRequired] public string Path { get; set; } = "";
}
