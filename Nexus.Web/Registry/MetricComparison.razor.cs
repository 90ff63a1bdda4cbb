using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>A version's metrics, beside those of what is in Production now; a difference is drawn so that right is better.</summary>
public sealed partial class MetricComparison : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyDictionary<string, MetricEstimate> Next { get; set; } = null!;
    [Parameter, EditorRequired] public string NextName { get; set; } = "";

    /// <summary>Null where nothing is in Production.</summary>
    [Parameter] public IReadOnlyDictionary<string, MetricEstimate>? Now { get; set; }
    [Parameter] public string NowName { get; set; } = "";

    /// <summary>Next − now, paired by row; null where they were not measured on the same rows.</summary>
    [Parameter] public IReadOnlyDictionary<string, MetricEstimate>? Differences { get; set; }
    [Parameter] public IReadOnlyList<EvaluationGate>? Gates { get; set; }

    private IEnumerable<MetricRow> Rows => MetricNames.Ordered(Next.Keys).Select(metric => new MetricRow(
        metric,
        Now?.GetValueOrDefault(metric),
        Next[metric],
        Differences?.GetValueOrDefault(metric),
        Gates?.FirstOrDefault(g => g.Kind == "beat" && g.Metric == metric && g.Slice is null)?.Threshold));

    private sealed record MetricRow(string Metric, MetricEstimate? Now, MetricEstimate Next, MetricEstimate? Difference, double? Margin)
    {
        /// <summary>The difference with better to the right.</summary>
        public MetricEstimate? Better => Difference is null || !MetricNames.LessIsBetter(Metric)
            ? Difference
            : new(-Difference.Value, -Difference.Upper, -Difference.Lower);

        public double Scale => 1.25 * Math.Max(
            new[] { Better?.Value, Better?.Lower, Better?.Upper, Margin }.Max(v => Math.Abs(v ?? 0)), 1e-6);

        public ChipState State => Better switch
        {
            { Lower: > 0 } => ChipState.Good,
            { Upper: < 0 } => ChipState.Bad,
            _ => ChipState.Unknown,
        };

        public string Interval => Difference is { Lower: { } low, Upper: { } high } ? $"{MetricNames.Signed(low)} … {MetricNames.Signed(high)}" : Format.Unknown;
    }
}
