using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Datasets;
using Nexus.Inference.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>A column's distribution the size of a word: bars, or where there is another version, that one's bars and this one's outline.</summary>
public sealed partial class ColumnShape : ComponentBase
{
    private double[] _bars = [];
    private double[] _now = [];
    private string _label = "";
    private string _why = "";

    [Parameter, EditorRequired] public ColumnProfile Column { get; set; } = null!;

    /// <summary>Both versions over the same bins; null where there is no other, or it is not compared yet.</summary>
    [Parameter] public ColumnShapes? Shapes { get; set; }

    private double Step => 120.0 / Math.Max(1, _bars.Length);

    protected override void OnParametersSet()
    {
        (_bars, _now, _label, _why) = ([], [], "", "");
        if (Column.MedianWords is { } words) _why = $"median {Format.Count((long)words, "word")}";
        else if (Shapes is { } shapes && Column.Distinct > 0) Compare(shapes);
        else if (Column.Histogram is { } histogram) Draw(histogram.Counts, histogram.Counts.Length == 1 ? $"All are {Column.Min}" : $"{histogram.Counts.Length} equal bins from {Column.Min} to {Column.Max}");
        else if (Column.Top.Count > 0 && Column.Top[0].Count > 1) Draw([.. Column.Top.Select(t => t.Count)], Words(Column));
        else _why = Column.Distinct == 0 ? "No value is there." : "hardly a value repeats";
    }

    private static string Words(ColumnProfile column) =>
        string.Join(", ", column.Top.Take(5).Select(t => $"{Format.MiddleCut(t.Value, 24)} {Format.Percent(t.Count / (double)(column.Rows - column.Missing))}"));

    private void Draw(long[] counts, string label)
    {
        var most = Math.Max(1, counts.Max());
        (_bars, _label) = ([.. counts.Select(c => Height(c, most))], label);
    }

    private void Compare(ColumnShapes shapes)
    {
        double before = Math.Max(1, shapes.Before.Sum()), now = Math.Max(1, shapes.Now.Sum());
        double[] then = [.. shapes.Before.Select(c => c / before)];
        double[] current = [.. shapes.Now.Select(c => c / now)];
        var most = Math.Max(1e-12, then.Concat(current).Max());
        (_bars, _now) = ([.. then.Select(s => Height(s, most))], [.. current.Select(s => Height(s, most))]);
        _label = shapes.Labels is { } labels
            ? $"This version, and in grey the other: {string.Join(", ", labels.Take(5).Select((l, i) => $"{Format.MiddleCut(l, 24)} {Format.Percent(current[i])} ({Format.Percent(then[i])})"))}"
            : $"This version, and in grey the other, over {then.Length} equal bins of both";
    }

    // A bin that is not empty stays visible beside a tall one.
    private static double Height(double count, double most) => count <= 0 ? 0 : Math.Max(0.05, count / most);

    private string Outline()
    {
        var path = new StringBuilder("M0,24");
        for (var i = 0; i < _now.Length; i++)
        {
            var y = N(24 - (_now[i] * 22));
            path.Append(CultureInfo.InvariantCulture, $"L{N(i * Step)},{y}L{N((i + 1) * Step)},{y}");
        }

        return path.Append("L120,24").ToString();
    }

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
