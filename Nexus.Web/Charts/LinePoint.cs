namespace Nexus.Web.Charts;

/// <summary>One point of a line.</summary>
/// <param name="X">A number, or milliseconds since 1970 on a time axis (<see cref="At"/>).</param>
/// <param name="Y">Null leaves a gap: not known is not zero.</param>
/// <param name="Lower">Lower end of the interval, drawn as a band.</param>
/// <param name="Upper">Upper end of the interval.</param>
public sealed record LinePoint(double X, double? Y, double? Lower = null, double? Upper = null)
{
    public static LinePoint At(DateTimeOffset at, double? y, double? lower = null, double? upper = null) =>
        new(at.ToUnixTimeMilliseconds(), y, lower, upper);
}
