namespace Nexus.Web.Charts;

/// <summary>One bin of scores: what was said and what came true.</summary>
/// <param name="Predicted">Mean score, 0…1.</param>
/// <param name="Observed">Share of positives, 0…1.</param>
/// <param name="Lower">Lower end of the interval of <paramref name="Observed"/>.</param>
/// <param name="Upper">Upper end.</param>
public sealed record CalibrationBin(double Predicted, double Observed, double? Lower = null, double? Upper = null);
