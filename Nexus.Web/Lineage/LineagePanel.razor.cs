using Microsoft.AspNetCore.Components;
using Nexus.Data.Lineage;
using Nexus.Web.Shell;

namespace Nexus.Web.Lineage;

/// <summary>What is known of the picked thing, what led to it and what came of it.</summary>
public sealed partial class LineagePanel : ComponentBase
{
    [Parameter, EditorRequired] public LineageView View { get; set; } = null!;
    [Parameter, EditorRequired] public LineageNode Node { get; set; } = null!;
    [Parameter] public EventCallback<string> Pick { get; set; }

    /// <summary>Shows more neighbours of a thing: those that lead to it, or those that came of it.</summary>
    [Parameter, EditorRequired] public Func<string, bool, Task> Expand { get; set; } = null!;

    private SubjectPlace Place => SubjectPlace.Of(Node.Id);

    private (string Title, List<LineageArrow> Arrows, int Hidden, bool Upwards)[] Sides =>
    [
        ("Came from", [.. View.Edges.Where(edge => edge.To == Node.Id)], Node.HiddenUp, true),
        ("Went into", [.. View.Edges.Where(edge => edge.From == Node.Id)], Node.HiddenDown, false),
    ];

    private string Title(string id) => Format.MiddleCut(View.Nodes.FirstOrDefault(node => node.Id == id)?.Title ?? id, 28);
}
