using Nexus.Jobs.Registry.Evidence;
using Nexus.Web.Charts;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>What a model of numbers shows: predicted against actual, residuals along the prediction and by size.</summary>
public sealed partial class RegressionPlots : EvidencePlots
{
    private IReadOnlyList<LineSeries> _truth = [];
    private IReadOnlyList<LineSeries> _residuals = [];
    private IReadOnlyList<LineSeries> _histogram = [];
    private IReadOnlyList<ScatterPoint> _rows = [];

    private RegressionEvidence Regression => Mine.Regression!;

    private string Answer => $"mean truth of {Regression.Bins.Count} parts by prediction{(Mine.Metrics.TryGetValue("r2", out var r2) ? $"; R² {Format.Estimate(r2.Value, r2.Lower, r2.Upper)}" : "")}";

    protected override void OnParametersSet()
    {
        var bins = Regression.Bins;
        if (bins.Count == 0) return;
        var (low, high) = (bins.Min(b => b.Predicted), bins.Max(b => b.Predicted));
        _truth =
        [
            new("true", [new(low, low), new(high, high)], Reference: true, Dashed: true),
            .. Other?.Regression is { } other ? [new LineSeries(OtherName, [.. other.Bins.Select(b => new LinePoint(b.Predicted, b.Actual.Value))], Reference: true)] : Array.Empty<LineSeries>(),
            new(Name, [.. bins.Select(b => new LinePoint(b.Predicted, b.Actual.Value, b.Actual.Lower, b.Actual.Upper))]),
        ];
        _residuals =
        [
            new("none", [new(low, 0), new(high, 0)], Reference: true, Dashed: true),
            new(Name, [.. bins.Select(b => new LinePoint(b.Predicted, b.Middle, b.Low, b.High))]),
        ];
        _rows = [.. Regression.Points.Select(p => new ScatterPoint("row", p.X, p.Y))];
        var (width, sum) = ((Regression.ResidualHigh - Regression.ResidualLow) / Regression.Residuals.Count, Math.Max(1, Regression.Residuals.Sum()));
        _histogram = [new(Name, [.. Regression.Residuals.Select((n, i) => new LinePoint(Regression.ResidualLow + ((i + 0.5) * width), n / sum))])];
    }
}
