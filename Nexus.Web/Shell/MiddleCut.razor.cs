using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>A long name cut in the middle, whole on hover.</summary>
public sealed partial class MiddleCut : ComponentBase
{
    private const int Least = 18;
    private const int Tail = 8;

    [Parameter, EditorRequired] public string Text { get; set; } = "";

    /// <summary>Characters at most.</summary>
    [Parameter] public int Length { get; set; } = 32;
}
