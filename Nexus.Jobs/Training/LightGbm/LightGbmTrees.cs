using System.Globalization;

namespace Nexus.Jobs.Training.LightGbm;

/// <summary>The trees of LightGBM's text format; tree i adds to the target i modulo <paramref name="Targets"/>.</summary>
/// <param name="Sigmoid">The factor inside the logistic function.</param>
internal sealed record LightGbmTrees(int Targets, double Sigmoid, IReadOnlyList<LightGbmTree> Trees)
{
    /// <exception cref="NotSupportedException">The model has what none of our parameters can ask for.</exception>
    public static LightGbmTrees Read(string text)
    {
        var (targets, sigmoid) = (1, 1.0);
        var trees = new List<LightGbmTree>();
        Dictionary<string, string>? tree = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("Tree=", StringComparison.Ordinal)) tree = new(StringComparer.Ordinal);
            else if (line.StartsWith("end of trees", StringComparison.Ordinal)) break;
            else if (line.IsEmpty && tree is not null)
            {
                if (tree.Count > 0) trees.Add(Tree(tree));
                tree = null;
            }
            else if (line.IndexOf('=') is var at and > 0)
            {
                var (key, value) = (line[..at].ToString(), line[(at + 1)..].ToString());
                if (tree is not null) tree[key] = value;
                else if (key == "num_tree_per_iteration") targets = int.Parse(value, CultureInfo.InvariantCulture);
                else if (key == "objective" && value.Split("sigmoid:") is [_, var factor]) sigmoid = double.Parse(factor.Split(' ')[0], CultureInfo.InvariantCulture);
            }
        }

        return new(targets, sigmoid, trees);
    }

    private static LightGbmTree Tree(Dictionary<string, string> fields)
    {
        if (fields["num_cat"] != "0" || fields.GetValueOrDefault("is_linear", "0") != "0")
            throw new NotSupportedException("Trees with categorical splits or linear leaves are not exported.");
        return new(
            Numbers(fields, "split_feature", int.Parse), Numbers(fields, "threshold", double.Parse), Numbers(fields, "decision_type", int.Parse),
            Numbers(fields, "left_child", int.Parse), Numbers(fields, "right_child", int.Parse), Numbers(fields, "leaf_value", double.Parse));
    }

    private static T[] Numbers<T>(Dictionary<string, string> fields, string key, Func<string, CultureInfo, T> parse) =>
        [.. fields.GetValueOrDefault(key, "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => parse(n, CultureInfo.InvariantCulture))];
}
