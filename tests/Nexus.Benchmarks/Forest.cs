using Nexus.Inference.Onnx;

namespace Nexus.Benchmarks;

/// <summary>
/// A binary classifier in the shape that LightGBM's models take here: trees of 31 leaves over 7 raw columns, a sigmoid, label
/// and scores. Its splits are drawn by chance: what it answers means nothing, what it costs does.
/// </summary>
internal static class Forest
{
    public static readonly string[] Features = ["day", "period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"];
    private const int Trees = 100;
    private const int Inner = 30;

    public static byte[] Onnx() => Onnx(Features, Trees);

    public static byte[] Onnx(IReadOnlyList<string> features, int trees)
    {
        var graph = new OnnxGraphBuilder();
        var columns = features.Select(name => graph.Input(name, OnnxElement.Float)).ToList();
        var row = graph.Add("Concat", columns, ("axis", 1L));
        var raw = graph.AddOf(OnnxGraphBuilder.Ml, "TreeEnsembleRegressor", [row], Ensemble(new Random(7), trees, features.Count));
        var up = graph.Add("Sigmoid", [raw]);
        var scores = graph.Add("Concat", [graph.Add("Sub", [graph.Constant([1f], 1, 1), up]), up], ("axis", 1L));
        var best = graph.Add("ArgMax", [scores], ("axis", 1L), ("keepdims", 1L));
        var label = graph.AddOf(OnnxGraphBuilder.Ml, "LabelEncoder", [best], ("keys_int64s", new long[] { 0, 1 }), ("values_strings", new[] { "DOWN", "UP" }));
        graph.Output(label, OnnxConventions.Label, OnnxElement.Text, -1, 1);
        graph.Output(scores, OnnxConventions.Scores, OnnxElement.Float, -1, 2);
        return OnnxWriter.Write(graph.Build("forest", new Dictionary<string, string>()));
    }

    private static (string Name, object Value)[] Ensemble(Random random, int trees, int features)
    {
        var nodes = Enumerable.Range(0, trees).SelectMany(tree => Enumerable.Range(0, (2 * Inner) + 1).Select(node => (Tree: (long)tree, Node: (long)node))).ToList();
        var leaves = nodes.Where(n => n.Node >= Inner).ToList();
        return
        [
            ("n_targets", 1L),
            ("nodes_treeids", nodes.Select(n => n.Tree).ToArray()),
            ("nodes_nodeids", nodes.Select(n => n.Node).ToArray()),
            ("nodes_featureids", nodes.Select(_ => (long)random.Next(features)).ToArray()),
            ("nodes_modes", nodes.Select(n => n.Node < Inner ? "BRANCH_LEQ" : "LEAF").ToArray()),
            ("nodes_values", nodes.Select(_ => random.NextSingle()).ToArray()),
            ("nodes_truenodeids", nodes.Select(n => n.Node < Inner ? (2 * n.Node) + 1 : 0).ToArray()),
            ("nodes_falsenodeids", nodes.Select(n => n.Node < Inner ? (2 * n.Node) + 2 : 0).ToArray()),
            ("target_treeids", leaves.Select(n => n.Tree).ToArray()),
            ("target_nodeids", leaves.Select(n => n.Node).ToArray()),
            ("target_ids", new long[leaves.Count]),
            ("target_weights", leaves.Select(_ => (random.NextSingle() - 0.5f) / 5).ToArray()),
        ];
    }
}
