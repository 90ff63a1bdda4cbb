namespace Nexus.Web.Charts;

/// <summary>What the browser draws; columns instead of points, so that little travels.</summary>
internal sealed record LineSpec(
    LineSpec.Line[] Series, LineSpec.Level[] Thresholds, IReadOnlyList<ChartEvent> Events, bool Time, string XTitle, string Unit,
    bool Percent, bool FromZero, double[]? Range, string Name)
{
    public bool Same(LineSpec other) =>
        (Time, XTitle, Unit, Percent, FromZero, Name) == (other.Time, other.XTitle, other.Unit, other.Percent, other.FromZero, other.Name)
        && Thresholds.AsSpan().SequenceEqual(other.Thresholds) && Events.SequenceEqual(other.Events)
        && (Range ?? []).AsSpan().SequenceEqual(other.Range ?? [])
        && Series.Length == other.Series.Length && Series.Zip(other.Series).All(pair => pair.First.Same(pair.Second));

    /// <summary>A threshold.</summary>
    public sealed record Level(double Value, string Label, string State);

    /// <summary>One series by columns.</summary>
    public sealed record Line(string Name, bool Reference, bool Dashed, double[] X, double?[] Y, double?[]? Lower, double?[]? Upper)
    {
        public static Line From(LineSeries series)
        {
            var band = series.Points.Any(point => point.Lower is not null && point.Upper is not null);
            return new(
                series.Name, series.Reference, series.Dashed, [.. series.Points.Select(p => p.X)], [.. series.Points.Select(p => p.Y)],
                band ? [.. series.Points.Select(p => p.Lower)] : null, band ? [.. series.Points.Select(p => p.Upper)] : null);
        }

        public bool Same(Line other) =>
            (Name, Reference, Dashed) == (other.Name, other.Reference, other.Dashed) && X.AsSpan().SequenceEqual(other.X)
            && Y.AsSpan().SequenceEqual(other.Y) && (Lower ?? []).AsSpan().SequenceEqual(other.Lower ?? []) && (Upper ?? []).AsSpan().SequenceEqual(other.Upper ?? []);
    }
}
