using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>The groups that a tree over the errors found; a hint, not a verdict.</summary>
public sealed partial class FoundSlices : ComponentBase
{
    private double _min;
    private double _max;

    [Parameter] public ExplanationView? Explained { get; set; }

    private string Said => Explained?.Result?.Search is { } search
        ? $"{search.Slices.Count(s => s.IsWorse)} of {Format.Count(search.Slices.Count, "group")} err more; {Kind(search).ToLowerInvariant()} of all {Value(search, search.Overall)}, {Explained.RowsAre}"
        : "";

    protected override void OnParametersSet()
    {
        if (Explained?.Result?.Search is not { Slices.Count: > 0 } search) return;
        (_min, _max) = (Math.Min(0, search.Slices.Min(s => s.Difference.Lower ?? 0)), Math.Max(1e-9, search.Slices.Max(s => s.Difference.Upper ?? 0)));
    }

    private static string Kind(SliceSearch search) => search.Error == "errorRate" ? "Error rate" : "Mean absolute error";

    private static string Value(SliceSearch search, double value) => search.Error == "errorRate" ? Format.Percent(value) : Format.Decimal(value);
}
