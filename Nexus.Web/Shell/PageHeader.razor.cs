using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>
/// The head of a page: title, its state in one sentence, actions at the right (the primary one last), tabs under it.
/// Fills the breadcrumbs and the browser's title too.
/// </summary>
public sealed partial class PageHeader : ComponentBase
{
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>A chip beside the title.</summary>
    [Parameter] public RenderFragment? Badge { get; set; }

    /// <summary>The answer to the page's question, in a sentence.</summary>
    [Parameter] public RenderFragment? Say { get; set; }
    [Parameter] public RenderFragment? Actions { get; set; }
    [Parameter] public IReadOnlyList<Tab> Tabs { get; set; } = [];

    /// <summary>The stations before this page.</summary>
    [Parameter] public IReadOnlyList<Crumb> Crumbs { get; set; } = [];

    /// <summary>What the last breadcrumb says, where it is not the title.</summary>
    [Parameter] public string? Here { get; set; }
}
