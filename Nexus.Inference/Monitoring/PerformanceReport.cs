namespace Nexus.Inference.Monitoring;

/// <summary>How much, how fast, how right. Counted by the time of the decision.</summary>
/// <param name="Window">As asked, ISO 8601.</param>
/// <param name="Labeled">Decisions whose truth is known.</param>
/// <param name="Accuracy">Null for a regression, and where no truth has come.</param>
/// <param name="Deviation">A regression's, over the newest 5,000 decisions of the window whose truth is known; null for classes.</param>
/// <param name="LastClass">Over the newest 1,000 decisions of the window whose truth is known; null for fewer than 30, and for a regression.</param>
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
    LiveDeviation? Deviation,
    LastClassBaseline? LastClass,
    LatencyPercentiles? Latency,
    IReadOnlyList<OutputShare> Outputs,
    IReadOnlyList<VersionPerformance> Versions,
    int PointSeconds,
    IReadOnlyList<PerformancePoint> Points);
