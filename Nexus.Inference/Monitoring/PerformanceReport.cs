namespace Nexus.Inference.Monitoring;

/// <summary>How much, how fast, how right. Counted by the time of the decision.</summary>
/// <param name="Window">As asked, ISO 8601.</param>
/// <param name="Labeled">Decisions whose truth is known.</param>
/// <param name="Accuracy">Null for a regression, and where no truth has come.</param>
/// <param name="Outputs">The most frequent class first; empty for a regression.</param>
/// <param name="PointSeconds">The width of one point.</param>
public sealed record PerformanceReport(
    string Agent,
    string Window,
    DateTimeOffset From,
    DateTimeOffset To,
    long Decisions,
    long Errors,
    long Labeled,
    LiveAccuracy? Accuracy,
    LatencyPercentiles? Latency,
    IReadOnlyList<OutputShare> Outputs,
    IReadOnlyList<VersionPerformance> Versions,
    int PointSeconds,
    IReadOnlyList<PerformancePoint> Points);
