using Nexus.Inference.Onnx;

namespace Nexus.Jobs.Training.LightGbm;

/// <summary>
/// Trees as ai.onnx.ml TreeEnsembleRegressor, one target per class: its classifier sibling drops base values in ONNX Runtime, so
/// the link function is written beside it. Thresholds are rounded to the largest float32 not above them, so that float32 inputs
/// fall on the trainer's side. Trees of a single leaf are summed and added afterwards: the operator forgets base values of targets
/// that no tree adds to.
/// </summary>
internal sealed class TreeEnsembleGraph
{
    private readonly List<long> _nodeTrees = [], _nodeIds = [], _features = [], _trueNodes = [], _falseNodes = [], _missingTrue = [];
    private readonly List<float> _thresholds = [], _weights = [];
    private readonly List<string> _modes = [];
    private readonly List<long> _targetTrees = [], _targetNodes = [], _targets = [];

    /// <returns>The name of the sums, <c>[rows, targets]</c>.</returns>
    public static string Write(OnnxGraphBuilder graph, string features, LightGbmTrees trees)
    {
        var ensemble = new TreeEnsembleGraph();
        var bases = new double[trees.Targets];
        for (var t = 0; t < trees.Trees.Count; t++)
        {
            if (trees.Trees[t].Left.Length == 0) bases[t % trees.Targets] += trees.Trees[t].Leaves[0];
            else ensemble.Add(trees.Trees[t], t, t % trees.Targets);
        }

        // The operator wants a tree; one leaf of weight 0 says nothing.
        if (ensemble._modes.Count == 0) ensemble.Leaf(0, 0, 0, 0);
        var sums = graph.AddOf(OnnxGraphBuilder.Ml, "TreeEnsembleRegressor", [features], [.. ensemble.Attributes(trees.Targets)]);
        return Array.TrueForAll(bases, b => b == 0) ? sums : graph.Add("Add", [sums, graph.Constant(Array.ConvertAll(bases, b => (float)b), 1, trees.Targets)]);
    }

    /// <summary>x ≤ threshold in doubles is x ≤ this for every float32 x.</summary>
    public static float Floor(double threshold)
    {
        var rounded = (float)threshold;
        return rounded > threshold ? MathF.BitDecrement(rounded) : rounded;
    }

    private IEnumerable<(string, object)> Attributes(int targets) =>
    [
        ("n_targets", (long)targets), ("aggregate_function", "SUM"), ("post_transform", "NONE"),
        ("nodes_treeids", _nodeTrees), ("nodes_nodeids", _nodeIds), ("nodes_featureids", _features), ("nodes_modes", _modes),
        ("nodes_values", _thresholds), ("nodes_truenodeids", _trueNodes), ("nodes_falsenodeids", _falseNodes),
        ("nodes_missing_value_tracks_true", _missingTrue),
        ("target_treeids", _targetTrees), ("target_nodeids", _targetNodes), ("target_ids", _targets), ("target_weights", _weights),
    ];

    private void Add(LightGbmTree tree, int id, int target)
    {
        var inner = tree.Left.Length;
        for (var n = 0; n < inner; n++)
        {
            Node(id, n, "BRANCH_LEQ", tree.Features[n], Floor(tree.Thresholds[n]), Child(tree.Left[n]), Child(tree.Right[n]), tree.MissingGoesLeft(n));
        }

        for (var leaf = 0; leaf < tree.Leaves.Length; leaf++) Leaf(id, inner + leaf, target, (float)tree.Leaves[leaf]);

        long Child(int child) => child >= 0 ? child : inner + ~child;
    }

    private void Leaf(int tree, int node, int target, float weight)
    {
        Node(tree, node, "LEAF", 0, 0, 0, 0, false);
        _targetTrees.Add(tree);
        _targetNodes.Add(node);
        _targets.Add(target);
        _weights.Add(weight);
    }

    private void Node(int tree, int node, string mode, int feature, float threshold, long whenTrue, long whenFalse, bool missingIsTrue)
    {
        _nodeTrees.Add(tree);
        _nodeIds.Add(node);
        _modes.Add(mode);
        _features.Add(feature);
        _thresholds.Add(threshold);
        _trueNodes.Add(whenTrue);
        _falseNodes.Add(whenFalse);
        _missingTrue.Add(missingIsTrue ? 1 : 0);
    }
}
