using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Nexus.Inference.Agents;

/// <summary>What this room tells of its work. Agents and variants are named, inputs and answers never.</summary>
public static class InferenceTelemetry
{
    /// <summary>Of its traces and its metrics.</summary>
    public const string Name = "Nexus.Inference";

    private static readonly double[] Short = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1];
    private static readonly double[] Long = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
    private static readonly Meter Meter = new(Name);

    internal static ActivitySource Source { get; } = new(Name);

    internal static Histogram<double> Decisions { get; } = Meter.CreateHistogram(
        "nexus.decision.duration", "s", "From a request's first look to its decision in the journal.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Short });

    internal static Counter<long> Failures { get; } = Meter.CreateCounter<long>("nexus.decision.failures", "{request}", "Requests that the model could not answer, or whose decision the journal did not take.");

    internal static Histogram<double> Flushes { get; } = Meter.CreateHistogram(
        "nexus.journal.flush.duration", "s", "Flushes of the decision journal to the device.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Long });

    internal static Histogram<double> Drains { get; } = Meter.CreateHistogram(
        "nexus.journal.drain.duration", "s", "Transactions that bring the journal into the database.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Long });

    internal static Counter<long> Drained { get; } = Meter.CreateCounter<long>("nexus.journal.drained", "{decision}", "Decisions brought from the journal into the database.");

    internal static KeyValuePair<string, object?> Agent(string name) => new("nexus.agent", name);

    internal static KeyValuePair<string, object?> Variant(string name) => new("nexus.variant", name);
}
