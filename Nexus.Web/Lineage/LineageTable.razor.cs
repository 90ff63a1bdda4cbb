using Microsoft.AspNetCore.Components;
using Nexus.Data.Lineage;
using Nexus.Web.Shell;

namespace Nexus.Web.Lineage;

/// <summary>The graph as rows: every arrow, oldest first.</summary>
public sealed partial class LineageTable : ComponentBase
{
    private Dictionary<string, LineageNode> _nodes = [];

    [Parameter, EditorRequired] public LineageView View { get; set; } = null!;

    protected override void OnParametersSet() => _nodes = View.Nodes.ToDictionary(node => node.Id);

    private RenderFragment Thing(string id) => builder =>
    {
        var (node, href) = (_nodes[id], SubjectPlace.Of(id).Href);
        builder.OpenElement(1, href is null || node.State == "Removed" ? "span" : "a");
        if (href is not null && node.State != "Removed") builder.AddAttribute(2, "href", href);
        builder.AddAttribute(3, "title", node.Title);
        builder.AddContent(4, Format.MiddleCut(node.Title, 40));
        builder.CloseElement();
        builder.OpenElement(5, "span");
        builder.AddAttribute(6, "class", "faint");
        builder.AddContent(7, $" {LineageWords.Kind(node.Kind)}{(node.State is null ? "" : ", " + node.State)}");
        builder.CloseElement();
    };
}
