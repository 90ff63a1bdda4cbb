namespace Nexus.Data.Registry;

/// <summary>A metric on the test split with its 95 % interval; the ends are null where no interval was computed.</summary>
public sealed record MetricEstimate(double Value, double? Lower = null, double? Upper = null);
