using Nexus.Data.Registry;
using Nexus.Inference.Onnx;
using Nexus.Jobs.Training.Evaluation;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>
/// Partial dependence (Friedman 2001) with the spread of the single rows' curves (Goldstein et al. 2015): each row is asked again
/// with every value of a grid in the feature's place.
/// </summary>
internal static class DependenceCurves
{
    private const int MostRows = 300;
    private const int GridPoints = 20;
    private const int MostCategories = 12;
    private const int MostOutputs = 3;

    /// <param name="features">Those to draw.</param>
    /// <param name="skipped">Is told of a feature that has no curve, and why.</param>
    public static IReadOnlyList<PartialDependence> Of(
        ITableModel model, RawTable table, IReadOnlyList<string> features, int seed, Action<string> skipped, CancellationToken ct)
    {
        var rows = RowSample.Of(table.Rows, MostRows, seed);
        var asked = table.Take(rows);
        var outputs = Outputs(model, asked, ct);
        var curves = new List<PartialDependence>();
        foreach (var feature in features)
        {
            var column = table.Columns[feature];
            var grid = Grid(column);
            if (grid is null) skipped($"'{feature}' is free text: it has no partial dependence.");
            if (grid is not { Count: > 1 }) continue;
            var points = outputs.Select(_ => new List<DependencePoint>(grid.Count)).ToArray();
            foreach (var value in grid)
            {
                var scores = model.Score(asked with { Columns = new Dictionary<string, RawColumn>(asked.Columns, StringComparer.Ordinal) { [feature] = Constant(value, asked.Rows) } }, ct);
                for (var o = 0; o < outputs.Count; o++) points[o].Add(Point(column, value, scores, Math.Max(1, model.Classes.Count), outputs[o]));
            }

            var kind = column.Texts is not null ? "categorical" : column.Times is not null ? "time" : "numeric";
            curves.AddRange(outputs.Select((output, o) => new PartialDependence(feature, kind, model.Classes.Count == 0 ? "" : model.Classes[output], rows.Length, points[o])));
        }

        return curves;
    }

    /// <summary>The values to ask for: few distinct ones as they are, else twenty quantiles from 1 to 99 %; null for free text.</summary>
    internal static IReadOnlyList<RawColumn>? Grid(RawColumn column)
    {
        if (column.Texts is { } texts)
        {
            var counts = texts.GroupBy(t => t, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
            if (counts.Count > 50 && counts.Take(50).Sum(g => g.Count()) * 2 < texts.Length) return null;
            return [.. counts.Take(MostCategories).Select(g => new RawColumn(Texts: [g.Key]))];
        }

        if (column.Times is { } times)
        {
            var known = times.Where(t => t != OnnxConventions.MissingTime).Order().ToArray();
            return [.. Spread(known).Select(t => new RawColumn(Times: [t]))];
        }

        var numbers = column.Numbers!.Where(n => !float.IsNaN(n)).Order().ToArray();
        return [.. Spread(numbers).Select(n => new RawColumn(Numbers: [n]))];
    }

    private static IEnumerable<T> Spread<T>(T[] sorted)
    {
        var distinct = sorted.Distinct().Take(GridPoints + 1).ToList();
        if (distinct.Count <= GridPoints) return distinct;
        return Enumerable.Range(0, GridPoints).Select(p => sorted[(int)Math.Round((0.01 + (0.98 * p / (GridPoints - 1))) * (sorted.Length - 1))]).Distinct();
    }

    // For many classes the ones most often answered: seven curves in a chart are too many already.
    private static List<int> Outputs(ITableModel model, RawTable table, CancellationToken ct)
    {
        if (model.Classes.Count == 0) return [0];
        if (model.Classes.Count == 2) return [1];
        var predictions = new Predictions(model.Task, model.Classes.Count, model.Score(table, ct), new double[table.Rows]);
        return [.. Enumerable.Range(0, table.Rows).Select(predictions.Predicted).GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(MostOutputs).Select(g => g.Key)];
    }

    private static RawColumn Constant(RawColumn value, int rows)
    {
        if (value.Texts is { } texts) return new(Texts: [.. Enumerable.Repeat(texts[0], rows)]);
        return value.Times is { } times ? new(Times: [.. Enumerable.Repeat(times[0], rows)]) : new(Numbers: [.. Enumerable.Repeat(value.Numbers![0], rows)]);
    }

    private static DependencePoint Point(RawColumn column, RawColumn value, float[] scores, int width, int output)
    {
        var answers = Enumerable.Range(0, scores.Length / width).Select(r => (double)scores[(r * width) + output]).Order().ToArray();
        return new(
            value.Texts is not null ? null : value.Times is { } times ? times[0] : value.Numbers![0],
            column.Texts is null ? null : value.Texts![0],
            answers.Average(), answers[(int)(0.1 * (answers.Length - 1))], answers[(int)Math.Ceiling(0.9 * (answers.Length - 1))]);
    }
}
