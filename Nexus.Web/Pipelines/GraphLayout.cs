namespace Nexus.Web.Pipelines;

/// <summary>
/// Places steps in layers: each one layer after the last of its inputs. Edges that another way implies are left out, so that what
/// is drawn is what decides the order.
/// </summary>
internal sealed class GraphLayout
{
    private readonly Dictionary<string, GraphNode> _nodes;
    private readonly Dictionary<string, int> _layer = [];
    private readonly Dictionary<string, HashSet<string>> _ancestors = [];
    private readonly Dictionary<string, (int Layer, double Slot)> _places = [];

    public GraphLayout(IReadOnlyList<GraphNode> nodes)
    {
        _nodes = nodes.DistinctBy(node => node.Name).ToDictionary(node => node.Name);
        foreach (var name in _nodes.Keys) LayerOf(name, []);
        var layers = nodes.DistinctBy(node => node.Name).GroupBy(node => _layer[node.Name]).OrderBy(layer => layer.Key).ToList();
        Layers = layers.Count;
        Breadth = layers.Count == 0 ? 0 : layers.Max(layer => layer.Count());
        foreach (var layer in layers) Place(layer);
        foreach (var name in layers.SelectMany(layer => layer).Select(node => node.Name)) _ancestors[name] = Above(name);
        Edges = [.. _nodes.Values.SelectMany(node => Needed(node).Select(from => (from, node.Name)))];
    }

    public int Layers { get; }

    /// <summary>The most steps in one layer.</summary>
    public int Breadth { get; }

    public IReadOnlyList<(string From, string To)> Edges { get; }

    /// <summary>Layer from 0, and slot from 0 to <see cref="Breadth"/> − 1, centred.</summary>
    public (int Layer, double Slot) this[string name] => _places[name];

    private void Place(IGrouping<int, GraphNode> layer)
    {
        // Under the middle of their inputs, as far as their neighbours leave room.
        var ordered = layer.Select(node => (node, At: Centre(node))).OrderBy(pair => pair.At).Select(pair => pair.node.Name).ToList();
        var first = (Breadth - ordered.Count) / 2.0;
        for (var i = 0; i < ordered.Count; i++) _places[ordered[i]] = (layer.Key, first + i);
    }

    private double Centre(GraphNode node) =>
        node.From.Where(_places.ContainsKey).Select(from => _places[from].Slot).DefaultIfEmpty(0).Average();

    private int LayerOf(string name, HashSet<string> above)
    {
        if (_layer.TryGetValue(name, out var known)) return known;
        if (!above.Add(name)) return 0; // a text that is being written may hold a circle; it is a problem, not a crash
        var layer = _nodes[name].From.Where(_nodes.ContainsKey).Select(from => LayerOf(from, above) + 1).DefaultIfEmpty(0).Max();
        above.Remove(name);
        return _layer[name] = layer;
    }

    // Of an earlier layer: in a circle, which a text that is being written may hold, one step is left without.
    private IEnumerable<string> Inputs(string name) => _nodes[name].From.Where(from => _nodes.ContainsKey(from) && _layer[from] < _layer[name]).Distinct();

    // Layer by layer, so that those of the inputs are known.
    private HashSet<string> Above(string name)
    {
        var above = new HashSet<string>();
        foreach (var from in Inputs(name))
        {
            above.Add(from);
            above.UnionWith(_ancestors[from]);
        }

        return above;
    }

    private IEnumerable<string> Needed(GraphNode node)
    {
        var from = Inputs(node.Name).ToList();
        return from.Where(name => !from.Exists(other => _ancestors[other].Contains(name)));
    }
}
