using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>
/// A state in a word with its own mark and colour: <c>&lt;StatusChip State="ChipState.Good"&gt;Healthy&lt;/StatusChip&gt;</c>.
/// </summary>
public sealed partial class StatusChip : ComponentBase
{
    [Parameter] public ChipState State { get; set; }

    /// <summary>Shown on hover: why.</summary>
    [Parameter] public string? Title { get; set; }
    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = null!;

    private string Css => State switch
    {
        ChipState.Good => "good",
        ChipState.Warn => "warn",
        ChipState.Bad => "bad",
        ChipState.Unknown => "unk",
        ChipState.Busy => "run",
        _ => "plain",
    };
}
