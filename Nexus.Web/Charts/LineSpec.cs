namespace Nexus.Web.Charts;

/// <summary>A <see cref="LineChart"/> as the browser draws it.</summary>
internal sealed record LineSpec(
    LineSpec.Line[] Series, LineSpec.Level[] Thresholds, IReadOnlyList<ChartEvent> Events, bool Time, string XTitle, string Unit,
    bool Percent, bool FromZero, double[]? Range) : ChartSpec("line")
{
    /// <summary>A threshold.</summary>
    public sealed record Level(double Value, string Label, string State);

    /// <summary>One series by columns.</summary>
    public sealed record Line(string Name, bool Reference, bool Dashed, bool Other, double[] X, double?[] Y, double?[]? Lower, double?[]? Upper)
    {
        public static Line From(LineSeries series)
        {
            var points = series.Points.Where(point => double.IsFinite(point.X)).ToList();
            var band = points.Any(point => point.Lower is not null && point.Upper is not null);
            return new(
                series.Name, series.Reference, series.Dashed, series.Other, [.. points.Select(p => p.X)], [.. points.Select(p => Finite(p.Y))],
                band ? [.. points.Select(p => Finite(p.Lower))] : null, band ? [.. points.Select(p => Finite(p.Upper))] : null);
        }
    }
}
