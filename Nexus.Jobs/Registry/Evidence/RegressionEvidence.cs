using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Evidence;

/// <param name="Bins">Rows in twenty parts by prediction.</param>
/// <param name="Points">(predicted, actual) of at most 500 rows, sampled by a seed.</param>
/// <param name="Residuals">Rows per bin of actual − predicted, between the two ends.</param>
public sealed record RegressionEvidence(
    IReadOnlyList<ResidualBin> Bins, IReadOnlyList<CurvePoint> Points, IReadOnlyList<double> Residuals, double ResidualLow, double ResidualHigh);
