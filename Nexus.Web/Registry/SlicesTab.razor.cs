using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>Whether it is as good for some as for all.</summary>
public sealed partial class SlicesTab : ComponentBase
{
    private string? _metric;
    private MetricEstimate? _all;
    private double _min;
    private double _max;

    [Parameter, EditorRequired] public EvaluationReport? Report { get; set; }

    protected override void OnParametersSet()
    {
        _metric = MetricNames.Primary(Report?.Metrics.Keys ?? []);
        if (_metric is null) return;
        _all = Report!.Metrics[_metric];
        var ends = Report.Slices.Select(s => s.Metrics.GetValueOrDefault(_metric)).Append(_all).OfType<MetricEstimate>()
            .SelectMany(e => new[] { e.Value, e.Lower ?? e.Value, e.Upper ?? e.Value }).ToList();
        (_min, _max) = (ends.Min(), ends.Max());
    }

    private ChipState Compare(MetricEstimate? slice)
    {
        if (slice is not { Lower: { } low, Upper: { } high } || _all is not { } all) return ChipState.Unknown;
        var less = MetricNames.LessIsBetter(_metric!);
        return (less ? low > all.Value : high < all.Value) ? ChipState.Bad : (less ? high < all.Value : low > all.Value) ? ChipState.Good : ChipState.Unknown;
    }
}
