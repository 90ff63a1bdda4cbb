namespace Nexus.Inference.Monitoring;

/// <summary>What one model version answered within the window.</summary>
/// <param name="Share">Of the window's decisions, 0…1.</param>
public sealed record VersionPerformance(int ModelVersion, long Decisions, double Share, LatencyPercentiles? Latency, LiveAccuracy? Accuracy, LiveDeviation? Deviation);
