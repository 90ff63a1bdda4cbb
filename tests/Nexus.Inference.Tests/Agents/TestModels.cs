using Nexus.Data.Registry;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Tests.Agents;

/// <summary>Small models whose answers are plain to see.</summary>
internal static class TestModels
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    /// <summary>Features x (number), colour (text) and at (time); the probability of UP is the sigmoid of x plus a constant.</summary>
    public static (byte[] Onnx, ModelSignature Signature) Sigmoid(float plus = 0)
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElement.Float);
        graph.Input("colour", OnnxElement.Text);
        graph.Input("at", OnnxElement.Int64);
        var known = graph.Add("Where", [graph.Add("IsNaN", [x]), graph.Constant([0f], 1, 1), x]);
        var up = graph.Add("Sigmoid", [graph.Add("Add", [known, graph.Constant([plus], 1, 1)])]);
        var down = graph.Add("Sub", [graph.Constant([1f], 1, 1), up]);
        var scores = graph.Add("Concat", [down, up], ("axis", 1L));
        var best = graph.Add("ArgMax", [scores], ("axis", 1L), ("keepdims", 1L));
        var label = graph.AddOf(OnnxGraphBuilder.Ml, "LabelEncoder", [best], ("keys_int64s", new long[] { 0, 1 }), ("values_strings", new[] { "DOWN", "UP" }));
        graph.Output(label, "label", OnnxElement.Text, -1, 1);
        graph.Output(scores, "scores", OnnxElement.Float, -1, 2);
        return (OnnxWriter.Write(graph.Build("sigmoid", NoMetadata)), new([], [], "binary", ["DOWN", "UP"], "UP"));
    }

    /// <summary>The prediction is twice x.</summary>
    public static (byte[] Onnx, ModelSignature Signature) Twice()
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElement.Float);
        graph.Output(graph.Add("Mul", [x, graph.Constant([2f], 1, 1)]), "prediction", OnnxElement.Float, -1, 1);
        return (OnnxWriter.Write(graph.Build("twice", NoMetadata)), new([], [], "regression"));
    }

    /// <summary>The prediction is the sum of so many features: x0, x1 …</summary>
    public static (byte[] Onnx, ModelSignature Signature) Sum(int features)
    {
        var graph = new OnnxGraphBuilder();
        var inputs = Enumerable.Range(0, features).Select(i => graph.Input($"x{i}", OnnxElement.Float)).ToList();
        graph.Output(graph.Add("Sum", inputs), "prediction", OnnxElement.Float, -1, 1);
        return (OnnxWriter.Write(graph.Build("sum", NoMetadata)), new([], [], "regression"));
    }

    /// <summary>An input and an equal output of every type: <c>in_FP32</c>, <c>out_FP32</c> …</summary>
    public static (byte[] Onnx, ModelSignature Signature) Echo()
    {
        var graph = new OnnxGraphBuilder();
        foreach (var (element, name) in Enum.GetValues<OnnxElement>().Select(e => (e, OnnxDatatypes.Of(e))).Where(t => t.Item2 is not (null or "BF16")))
        {
            var input = graph.Input($"in_{name}", element);
            graph.Output(graph.Add("Identity", [input]), $"out_{name}", element, -1, 1);
        }

        return (OnnxWriter.Write(graph.Build("echo", NoMetadata)), new([], []));
    }
}
