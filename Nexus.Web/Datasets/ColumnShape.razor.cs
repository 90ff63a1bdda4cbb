using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>A column's distribution the size of a word: equal bins of numbers and times, or the most frequent values.</summary>
public sealed partial class ColumnShape : ComponentBase
{
    private double[] _bars = [];
    private string _label = "";
    private string _why = "";

    [Parameter, EditorRequired] public ColumnProfile Column { get; set; } = null!;

    private double Step => 120.0 / Math.Max(1, _bars.Length);

    protected override void OnParametersSet()
    {
        (_bars, _label, _why) = ([], "", "");
        if (Column.Histogram is { } histogram)
        {
            _bars = Heights(histogram.Counts);
            _label = histogram.Counts.Length == 1 ? $"All are {Column.Min}" : $"{histogram.Counts.Length} equal bins from {Column.Min} to {Column.Max}";
        }
        else if (Column.Top.Count > 0 && Column.Top[0].Count > 1)
        {
            _bars = Heights([.. Column.Top.Select(t => t.Count)]);
            _label = string.Join(", ", Column.Top.Take(5).Select(t => $"{Format.MiddleCut(t.Value, 24)} {Format.Percent(t.Count / (double)(Column.Rows - Column.Missing))}"));
        }
        else
        {
            _why = Column.Distinct == 0 ? "No value is there." : "hardly a value repeats";
        }
    }

    // A bin that is not empty stays visible beside a tall one.
    private static double[] Heights(long[] counts)
    {
        var most = Math.Max(1, counts.Max());
        return [.. counts.Select(c => c == 0 ? 0 : Math.Max(0.05, c / (double)most))];
    }

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
