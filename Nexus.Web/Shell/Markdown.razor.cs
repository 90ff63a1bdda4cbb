using Ganss.Xss;
using Markdig;
using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>A person's Markdown as HTML, sanitized: no script, no style, no image from another host.</summary>
public sealed partial class Markdown : ComponentBase
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();
    private MarkupString _html;

    [Parameter, EditorRequired] public string Text { get; set; } = "";

    protected override void OnParametersSet()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.Remove("img");
        sanitizer.AllowedAttributes.Remove("style");
        _html = new MarkupString(sanitizer.Sanitize(Markdig.Markdown.ToHtml(Text, Pipeline)));
    }
}
