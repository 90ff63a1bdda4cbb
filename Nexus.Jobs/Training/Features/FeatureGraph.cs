using System.Globalization;
using Nexus.Inference.Onnx;

namespace Nexus.Jobs.Training.Features;

/// <summary>Writes a plan as ONNX: one input per raw column, and from them the row of numbers that <see cref="FeatureEncoder"/> makes.</summary>
internal sealed class FeatureGraph(OnnxGraphBuilder graph, FeaturePlan plan, bool scaled)
{
    private const long FloatType = (long)OnnxElement.Float;
    private const long Int64Type = (long)OnnxElement.Int64;

    /// <returns>The name of the matrix <c>[rows, width]</c>.</returns>
    public string Write()
    {
        foreach (var column in plan.Columns) Declare(column);
        List<string> blocks = [];
        var numbers = plan.Of(ColumnRole.Numeric).ToList();
        if (numbers.Count > 0) blocks.Add(Numbers(Concat([.. numbers.Select(c => c.Name)]), [.. numbers.Select(c => c.Number!)]));
        foreach (var column in plan.Of(ColumnRole.Date)) blocks.Add(Date(column));
        foreach (var column in plan.Of(ColumnRole.Categorical).Where(c => c.Width > 0)) blocks.Add(Category(column));
        foreach (var column in plan.Of(ColumnRole.Text).Where(c => c.Width > 0)) blocks.Add(new TextGraph(graph).Write(column.Name, column.Text!));
        return Concat(blocks);
    }

    public static OnnxElement ElementOf(string type) => type switch
    {
        "integer" or "number" or "boolean" => OnnxElement.Float,
        "timestamp" or "date" => OnnxElement.Int64,
        _ => OnnxElement.Text,
    };

    private void Declare(ColumnPlan column)
    {
        var element = ElementOf(column.Type);
        graph.Input(column.Name, element, $"{column.Type}; " + element switch
        {
            OnnxElement.Float => "missing is NaN",
            OnnxElement.Int64 => "microseconds since 1970-01-01 UTC, missing is the smallest integer",
            _ => "missing is the empty text",
        });
    }

    private string Numbers(string matrix, IReadOnlyList<NumberPlan> plans)
    {
        if (plans.Any(p => p.Impute is not null))
        {
            var impute = graph.Constant(plans.Select(p => p.Impute ?? float.NaN).ToArray(), 1, plans.Count);
            matrix = graph.Add("Where", [graph.Add("IsNaN", [matrix]), impute, matrix]);
        }

        if (!scaled) return matrix;
        if (plans.Any(p => p.Offset != 0)) matrix = graph.Add("Sub", [matrix, Row(plans, p => p.Offset)]);
        return plans.Any(p => p.Scale != 1) ? graph.Add("Mul", [matrix, Row(plans, p => p.Scale)]) : matrix;
    }

    private string Row(IReadOnlyList<NumberPlan> plans, Func<NumberPlan, float> of) =>
        graph.Constant(plans.Select(of).ToArray(), 1, plans.Count);

    private string Category(ColumnPlan column)
    {
        var category = column.Category!;
        var place = category.Encode == "hashing" ? HashedPlace(column.Name, category) : KnownPlace(column, category);
        if (category.Encode == "ordinal") return graph.Add("Cast", [place], ("to", FloatType));
        var all = graph.Constant(Enumerable.Range(0, category.Width).Select(i => (long)i).ToArray(), 1, category.Width);
        return graph.Add("Cast", [graph.Add("Equal", [place, all])], ("to", FloatType));
    }

    private string KnownPlace(ColumnPlan column, CategoryPlan category)
    {
        var places = Enumerable.Range(0, category.Values.Count).Select(i => (long)i).ToArray();
        (string, object) keys = ElementOf(column.Type) == OnnxElement.Text
            ? ("keys_strings", category.Values)
            : ("keys_floats", category.Values.Select(v => float.Parse(v, CultureInfo.InvariantCulture)).ToArray());
        return graph.AddOf(OnnxGraphBuilder.Ml, "LabelEncoder", [column.Name], keys, ("values_int64s", places), ("default_int64", -1L));
    }

    private string HashedPlace(string input, CategoryPlan category)
    {
        var hash = graph.Add("Cast", [TextGraph.Hash(graph, input)], ("to", Int64Type));
        var bucket = graph.Add("Mod", [hash, graph.Constant([category.Buckets], 1)]);
        var empty = graph.Add("Equal", [input, graph.Constant([OnnxConventions.MissingText], 1)]);
        return graph.Add("Where", [empty, graph.Constant([-1L], 1), bucket]);
    }

    private string Date(ColumnPlan column)
    {
        var missing = graph.Add("Equal", [column.Name, graph.Constant([OnnxConventions.MissingTime], 1)]);
        var time = graph.Add("Where", [missing, graph.Constant([0L], 1), column.Name]);
        var civil = new DateGraph(graph, time);
        var parts = column.Parts!.Select(p => graph.Add("Cast", [civil.Part(p.Part)], ("to", FloatType))).ToList();
        var matrix = graph.Add("Where", [missing, graph.Constant([float.NaN], 1), Concat(parts)]);
        return Numbers(matrix, [.. column.Parts!.Select(p => p.Number)]);
    }

    private string Concat(List<string> values) => values.Count == 1 ? values[0] : graph.Add("Concat", values, ("axis", 1L));
}
