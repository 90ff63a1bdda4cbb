using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Evidence;

/// <param name="Predicted">Mean prediction of the rows.</param>
/// <param name="Actual">Their mean truth with its 95 % interval.</param>
/// <param name="Low">A tenth of the residuals (actual − predicted) lie below.</param>
/// <param name="Middle">Their median.</param>
/// <param name="High">A tenth lie above.</param>
public sealed record ResidualBin(double Predicted, MetricEstimate Actual, double Low, double Middle, double High, int Rows);
