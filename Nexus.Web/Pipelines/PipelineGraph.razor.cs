using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Pipelines;

/// <summary>The steps of a pipeline or run and what follows from what; a step can be picked.</summary>
public sealed partial class PipelineGraph : ComponentBase
{
    private const int NodeWidth = 148;
    private const int NodeHeight = 52;
    private const int Along = 28;
    private const int Across = 16;
    private GraphLayout _layout = new([]);

    [Parameter, EditorRequired] public IReadOnlyList<GraphNode> Nodes { get; set; } = [];

    /// <summary>Flows down instead of to the right.</summary>
    [Parameter] public bool Down { get; set; }
    [Parameter] public string? Selected { get; set; }
    [Parameter] public EventCallback<string> SelectedChanged { get; set; }

    private int Width => Down ? Extent(_layout.Breadth, NodeWidth, Across) : Extent(_layout.Layers, NodeWidth, Along);

    private int Height => Down ? Extent(_layout.Layers, NodeHeight, Along - 8) : Extent(_layout.Breadth, NodeHeight, Across);

    protected override void OnParametersSet() => _layout = new(Nodes);

    private static int Extent(int count, int size, int gap) => Math.Max(0, (count * (size + gap)) - gap);

    private (double Left, double Top) At(string name)
    {
        var (layer, slot) = _layout[name];
        return Down
            ? (slot * (NodeWidth + Across), layer * (NodeHeight + Along - 8))
            : (layer * (NodeWidth + Along), slot * (NodeHeight + Across));
    }

    private string Edge(string from, string to)
    {
        var ((left, top), (right, bottom)) = (At(from), At(to));
        if (Down)
        {
            var (x1, y1, x2, y2) = (left + (NodeWidth / 2), top + NodeHeight, right + (NodeWidth / 2), bottom);
            var bend = (y2 - y1) / 2;
            return $"M{x1},{y1}C{x1},{y1 + bend} {x2},{y2 - bend} {x2},{y2}";
        }
        else
        {
            var (x1, y1, x2, y2) = (left + NodeWidth, top + (NodeHeight / 2), right, bottom + (NodeHeight / 2));
            var bend = Along / 2;
            return $"M{x1},{y1}C{x1 + bend},{y1} {x2 - bend},{y2} {x2},{y2}";
        }
    }
}
