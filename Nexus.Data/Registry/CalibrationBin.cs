namespace Nexus.Data.Registry;

/// <param name="Predicted">Mean score of the bin's rows.</param>
/// <param name="Observed">Share of positives among them, with its Wilson interval.</param>
public sealed record CalibrationBin(double Predicted, MetricEstimate Observed, int Rows);
