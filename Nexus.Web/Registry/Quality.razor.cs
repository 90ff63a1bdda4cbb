using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>A version's most telling metric with its interval.</summary>
public sealed partial class Quality : ComponentBase
{
    private string? _metric;
    private MetricInterval? _interval;

    [Parameter, EditorRequired] public ModelVersionView Version { get; set; } = null!;

    protected override void OnParametersSet()
    {
        _metric = MetricNames.Primary(Version.Metrics.Keys);
        _interval = _metric is null ? null : Version.Intervals.GetValueOrDefault(_metric);
    }
}
