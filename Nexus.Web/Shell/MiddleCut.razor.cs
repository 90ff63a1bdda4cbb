using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>A long name cut in the middle, whole on hover.</summary>
public sealed partial class MiddleCut : ComponentBase
{
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    /// <summary>Characters at most.</summary>
    [Parameter] public int Length { get; set; } = 32;
}
