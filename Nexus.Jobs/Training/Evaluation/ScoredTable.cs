using Nexus.Data.Datasets;
using Nexus.Data.Registry;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training.Evaluation;

/// <summary>Between what a model answered on a table and the form in which it is kept, and back to metrics.</summary>
internal static class ScoredTable
{
    public static ScoredRows Of(
        Predictions predictions, FeaturePlan plan, string rowsDigest, string rowsAre, IReadOnlyList<DatasetColumn> sliced, RawTable table) =>
        Of(predictions, plan.Classes, plan.Label, rowsDigest, rowsAre, predictions.Rows, Slices(sliced, table, predictions.Rows));

    public static ScoredRows Of(
        Predictions predictions, IReadOnlyList<string> classes, string label, string rowsDigest, string rowsAre, long total, IReadOnlyList<SlicedColumn> slices)
    {
        var kept = RowSample.Of(predictions.Rows, ScoredRows.Most);
        if (kept.Length < predictions.Rows)
        {
            predictions = predictions.Take(kept);
            slices = [.. slices.Select(s => s with { Slice = [.. kept.Select(r => s.Slice[r])] })];
        }

        var many = predictions.Task == "multiclass";
        var predicted = many ? Enumerable.Range(0, predictions.Rows).Select(predictions.Predicted).ToArray() : [];
        return new(
            predictions.Task, classes, rowsDigest, label, rowsAre, total, predictions.Labels,
            predictions.Task switch
            {
                "binary" => predictions.PositiveScores,
                "multiclass" => [.. predicted.Select((c, r) => predictions.Scores[(r * predictions.Classes) + c])],
                _ => predictions.Scores,
            },
            predicted,
            many ? [.. predictions.Labels.Select((l, r) => l < 0 ? 0 : predictions.Scores[(r * predictions.Classes) + (int)l])] : [],
            slices);
    }

    /// <summary>The metrics of some of the rows; null for all.</summary>
    public static IMetricSet Metrics(this ScoredRows scored, IReadOnlyList<int>? rows = null)
    {
        T[] Of<T>(T[] values) => rows is null ? values : [.. rows.Select(r => values[r])];
        var labels = Of(scored.Labels);
        return scored.Task switch
        {
            "binary" => new BinaryMetrics(Of(scored.Scores), labels),
            "multiclass" => new MulticlassMetrics(scored.Classes.Count, Of(scored.Predicted), labels, Array.ConvertAll(Of(scored.LabelScores), s => Predictions.LogLoss(s))),
            _ => new RegressionMetrics(Of(scored.Scores), labels),
        };
    }

    private static List<SlicedColumn> Slices(IReadOnlyList<DatasetColumn> columns, RawTable table, int rows)
    {
        var slices = new List<SlicedColumn>();
        foreach (var column in columns)
        {
            var names = new List<string>();
            var places = new short[rows];
            Array.Fill(places, (short)-1);
            foreach (var (name, members) in Slicer.Slices(column, table.Columns[column.Name]))
            {
                if (members.Count == 0) continue;
                foreach (var row in members) places[row] = (short)names.Count;
                names.Add(name);
            }

            slices.Add(new(column.Name, names, places));
        }

        return slices;
    }
}
