namespace Nexus.Inference.Onnx;

/// <summary>Collects nodes and constants under names of its own, so that a graph reads like a calculation.</summary>
public sealed class OnnxGraphBuilder
{
    public const string Ml = "ai.onnx.ml";
    public const string Microsoft = "com.microsoft";

    private static readonly Dictionary<string, long> Versions = new(StringComparer.Ordinal) { [""] = 20, [Ml] = 3, [Microsoft] = 1 };

    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _constants = [];
    private readonly List<OnnxValueInfo> _inputs = [];
    private readonly List<OnnxValueInfo> _outputs = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Input(string name, OnnxElement element, string documentation = "")
    {
        _taken.Add(name);
        _inputs.Add(new(name, element, [-1, 1], documentation));
        return name;
    }

    /// <summary>Gives a value its public name.</summary>
    public void Output(string value, string name, OnnxElement element, params long[] shape)
    {
        _nodes.Add(new("Identity", [value], [name], []));
        _outputs.Add(new(name, element, shape));
    }

    /// <summary>One node with one output.</summary>
    /// <returns>The output's name.</returns>
    public string Add(string op, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes) =>
        AddOf("", op, inputs, attributes);

    /// <inheritdoc cref="Add"/>
    public string AddOf(string domain, string op, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes)
    {
        var output = Fresh(op);
        _nodes.Add(new(op, inputs, [output], [.. attributes.Select(a => new OnnxAttribute(a.Name, a.Value))], domain));
        return output;
    }

    public string Constant(ReadOnlySpan<float> values, params long[] dims) => Keep(OnnxTensor.Of(Fresh("constant"), values, dims));

    public string Constant(ReadOnlySpan<long> values, params long[] dims) => Keep(OnnxTensor.Of(Fresh("constant"), values, dims));

    public string Constant(IReadOnlyList<string> values, params long[] dims) => Keep(OnnxTensor.Of(Fresh("constant"), values, dims));

    public OnnxModel Build(string name, IReadOnlyDictionary<string, string> metadata)
    {
        var domains = _nodes.Select(n => n.Domain).Append("").ToHashSet(StringComparer.Ordinal);
        return new(
            new(name, _nodes, _constants, _inputs, _outputs),
            Versions.Where(v => domains.Contains(v.Key)).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal),
            metadata);
    }

    private string Keep(OnnxTensor tensor)
    {
        _constants.Add(tensor);
        return tensor.Name;
    }

    // A column may be called anything, so the builder's own names step aside for inputs; declare inputs first.
    private string Fresh(string stem)
    {
        var number = _nodes.Count + _constants.Count;
        var name = $"{stem}_{number}";
        while (!_taken.Add(name)) name = $"{stem}_{++number}";
        return name;
    }
}
