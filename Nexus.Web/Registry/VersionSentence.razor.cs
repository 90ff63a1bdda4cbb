using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>May this go live? In a sentence.</summary>
public sealed partial class VersionSentence : ComponentBase
{
    [Parameter, EditorRequired] public VersionState State { get; set; } = null!;

    private static string Word(string metric, MetricEstimate difference)
    {
        var (low, high) = MetricNames.LessIsBetter(metric) ? (-difference.Upper, -difference.Lower) : (difference.Lower, difference.Upper);
        return low > 0 ? "better than" : high < 0 ? "worse than" : "not clearly different from";
    }
}
