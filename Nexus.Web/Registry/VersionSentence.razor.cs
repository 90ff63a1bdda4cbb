using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;
using Nexus.Jobs.Registry.Evidence;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>May this go live? In a sentence. What takes a moment to compute joins it when it is there.</summary>
public sealed partial class VersionSentence : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private (string, int, int?)? _asked;
    private MetricEstimate? _difference;
    private int _doubtful;

    [Parameter, EditorRequired] public VersionState State { get; set; } = null!;
    [Inject] public required EvidenceService Evidence { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (State.Primary is not { } metric) return;
        var asked = (State.Version.Model, State.Version.Version, State.Production?.Version);
        if (asked == _asked) return;
        (_asked, _doubtful, _difference) = (asked, 0, State.Comparison?.Differences.GetValueOrDefault(metric));
        if (asked.Item3 is not { } production) return;
        try
        {
            var compared = await Evidence.CompareAsync(asked.Model, State.Version.Version, production, _gone.Token);
            var slices = compared.OnSameRows ? await Evidence.SlicesAsync(asked.Model, State.Version.Version, production, _gone.Token) : [];
            if (asked != _asked) return;
            _difference = compared.OnSameRows ? compared.Differences.GetValueOrDefault(metric) : _difference;
            var margin = State.Report?.Gates.FirstOrDefault(g => g.Kind == "beat" && g.Metric == metric)?.Threshold ?? 0;
            _doubtful = slices.Count(s => s.Difference?.GetValueOrDefault(metric) is { Lower: { } low, Upper: { } high } && (MetricNames.LessIsBetter(metric) ? -high : low) < Math.Min(0, margin));
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page went away.
        }
    }

    private static (double? Low, double? High) Better(string metric, MetricEstimate difference) =>
        MetricNames.LessIsBetter(metric) ? (-difference.Upper, -difference.Lower) : (difference.Lower, difference.Upper);

    private static bool Decided(string metric, MetricEstimate difference) => Better(metric, difference) is { Low: > 0 } or { High: < 0 };

    private static string Word(string metric, MetricEstimate difference) =>
        Better(metric, difference) switch { { Low: > 0 } => "better than", { High: < 0 } => "worse than", _ => "not clearly different from" };

    private static string Size(MetricEstimate difference)
    {
        var (value, low, high) = (Math.Abs(difference.Value), Math.Abs(difference.Lower ?? 0), Math.Abs(difference.Upper ?? 0));
        return Format.Estimate(value, Math.Min(low, high), Math.Max(low, high));
    }
}
