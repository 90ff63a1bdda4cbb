namespace Nexus.Data.Registry;

/// <summary>The 95 % interval of a metric on the test split.</summary>
public sealed record MetricInterval(double Lower, double Upper);
