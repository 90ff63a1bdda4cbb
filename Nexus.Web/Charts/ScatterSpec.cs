namespace Nexus.Web.Charts;

/// <summary>A <see cref="ScatterChart"/> as the browser draws it.</summary>
internal sealed record ScatterSpec(ScatterSpec.Point[] Points, bool Categories, bool LogX, string XTitle, string YTitle, bool Diagonal) : ChartSpec("scatter")
{
    public sealed record Point(string Name, double? X, string? Category, double Y, double? Lower, double? Upper, string? Href, bool Highlight);

    public static Point? From(ScatterPoint point) =>
        Finite(point.Y) is { } y && (Finite(point.X) is not null || point.Category is not null)
            ? new(point.Name, Finite(point.X), point.Category ?? (point.X is { } x ? Shell.Format.Number(x) : null), y, Finite(point.Lower), Finite(point.Upper), point.Href, point.Highlight)
            : null;
}
