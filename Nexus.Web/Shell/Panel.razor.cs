using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>
/// A framed part of a page. The title is the question it answers, <see cref="Say"/> the answer in words.
/// </summary>
public sealed partial class Panel : ComponentBase
{
    [Parameter] public string? Title { get; set; }
    [Parameter] public RenderFragment? Say { get; set; }

    /// <summary>At the right of the title: a link or a figure.</summary>
    [Parameter] public RenderFragment? Right { get; set; }
    [Parameter] public RenderFragment? ChildContent { get; set; }
    [Parameter] public string? Class { get; set; }
}
