namespace Nexus.Data.Registry;

/// <param name="Threshold">The score from which a row counts as positive here; null at the curve's start.</param>
public sealed record CurvePoint(double X, double Y, double? Threshold);
