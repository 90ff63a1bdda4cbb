namespace Nexus.Benchmarks;

/// <param name="Requests">Those that were answered.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record Measured(double RequestsPerSecond, long Requests, double P50, double P99);
