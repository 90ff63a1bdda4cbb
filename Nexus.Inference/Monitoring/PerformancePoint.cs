namespace Nexus.Inference.Monitoring;

/// <summary>One stretch of the window; null where nothing was measured, never zero.</summary>
/// <param name="At">Where the stretch begins.</param>
/// <param name="Accuracy">Of the decisions of this stretch.</param>
/// <param name="RollingAccuracy">Of the last 200 labelled decisions or more that lead up to its end; null where this stretch has none.</param>
/// <param name="RollingDeviation">The same of a regression, in place of accuracy.</param>
/// <param name="OutputShares">Class → share of the answers, 0…1.</param>
/// <param name="MedianScore">A regression's median answer.</param>
public sealed record PerformancePoint(
    DateTimeOffset At,
    long Decisions,
    double PerSecond,
    long Errors,
    LatencyPercentiles? Latency,
    LiveAccuracy? Accuracy,
    LiveAccuracy? RollingAccuracy,
    LiveDeviation? RollingDeviation,
    IReadOnlyDictionary<string, double> OutputShares,
    double? MedianScore);
