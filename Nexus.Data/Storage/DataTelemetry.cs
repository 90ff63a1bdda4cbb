using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Nexus.Data.Storage;

/// <summary>What this room tells of its work, by the names of OpenTelemetry's semantic conventions for databases.</summary>
public static class DataTelemetry
{
    /// <summary>Of its traces and its metrics.</summary>
    public const string Name = "Nexus.Data";

    private static readonly Meter Meter = new(Name);

    internal static ActivitySource Source { get; } = new(Name);

    internal static Histogram<double> Queries { get; } = Meter.CreateHistogram(
        "db.client.operation.duration", "s", "Commands to the database, from sending to the first answer.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10] });

    internal static Histogram<double> ImportStages { get; } = Meter.CreateHistogram(
        "nexus.import.stage.duration", "s", "Stages of imports: receive, scan, convert, profile, keep. Some run beside each other.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300] });
}
