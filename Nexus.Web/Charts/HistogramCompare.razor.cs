using System.Text;
using Microsoft.AspNetCore.Components;
using Nexus.Web.Shell;

namespace Nexus.Web.Charts;

/// <summary>
/// Two distributions in one small multiple: the reference as grey bars, the current one as a step. Both are scaled to shares, so
/// that their sizes do not matter. Bins pair up by position; without a current one it is a plain histogram.
/// </summary>
public sealed partial class HistogramCompare : ComponentBase
{
    private const double Width = 240;

    [Parameter, EditorRequired] public IReadOnlyList<double> Reference { get; set; } = [];
    [Parameter] public IReadOnlyList<double>? Current { get; set; }

    /// <summary>Under the left end.</summary>
    [Parameter] public string? Low { get; set; }

    /// <summary>Under the right end.</summary>
    [Parameter] public string? High { get; set; }
    [Parameter] public int Height { get; set; } = 56;

    /// <summary>For who cannot see it.</summary>
    [Parameter] public string? Label { get; set; }

    private int Bins => Math.Max(Reference.Count, Current?.Count ?? 0);

    private double Most => Math.Max(Math.Max(Shares(Reference).DefaultIfEmpty().Max(), Shares(Current ?? []).DefaultIfEmpty().Max()), 1e-9);

    private static IEnumerable<double> Shares(IReadOnlyList<double> counts)
    {
        var sum = counts.Sum();
        return counts.Select(count => sum > 0 ? count / sum : 0);
    }

    private static string N(double value) => value.ToString("0.##");

    private IEnumerable<(double X, double Y, double Width, double Height)> Bars()
    {
        var (most, bin, i) = (Most, Width / Math.Max(Bins, 1), 0);
        foreach (var share in Shares(Reference))
        {
            var height = share / most * (Height - 4);
            yield return (i++ * bin + 0.5, Height - height, Math.Max(bin - 1, .5), height);
        }
    }

    private string Step()
    {
        var (most, bin, i) = (Most, Width / Math.Max(Bins, 1), 0);
        var path = new StringBuilder($"M0,{Height}");
        foreach (var share in Shares(Current!))
        {
            var y = N(Height - share / most * (Height - 4));
            path.Append($"L{N(i * bin)},{y}L{N(++i * bin)},{y}");
        }

        return path.Append($"L{N(i * bin)},{Height}").ToString();
    }

    private string Describe()
    {
        if (Label is not null) return Label;
        var peak = Shares(Reference).Select((share, bin) => (share, bin)).OrderByDescending(pair => pair.share).FirstOrDefault();
        return $"Distribution over {Bins} bins from {Low} to {High}; most, {Format.Percent(peak.share)}, in bin {peak.bin + 1}.";
    }
}
