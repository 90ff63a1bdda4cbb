using System.Diagnostics;
using System.Diagnostics.Metrics;
using Nexus.Data.Pipelines;

namespace Nexus.Jobs.Pipelines;

/// <summary>What this room tells of its work: runs and their steps.</summary>
public static class JobsTelemetry
{
    /// <summary>Of its traces and its metrics.</summary>
    public const string Name = "Nexus.Jobs";

    private static readonly InstrumentAdvice<double> Advice = new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600] };
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Runs = Meter.CreateHistogram("nexus.run.duration", "s", "Pipeline runs, from their first start to their end.", advice: Advice);
    private static readonly Histogram<double> Steps = Meter.CreateHistogram("nexus.step.duration", "s", "Attempts at a step, those taken from the cache included.", advice: Advice);

    /// <summary>Runs that this node works on.</summary>
    internal static UpDownCounter<long> Active { get; } = Meter.CreateUpDownCounter<long>("nexus.runs.active", "{run}", "Runs that this node works on.");

    internal static ActivitySource Source { get; } = new(Name);

    internal static Activity? StartRun(Run run) =>
        Source.StartActivity("run", ActivityKind.Consumer)?.SetTag("nexus.pipeline", run.PipelineName).SetTag("nexus.run", run.Id.ToString());

    internal static Activity? StartStep(RunStep step) =>
        Source.StartActivity("step", ActivityKind.Internal)?.SetTag("nexus.step", step.Name).SetTag("nexus.component", step.Component);

    internal static void RunEnded(RunStatus status, TimeSpan after) => Runs.Record(after.TotalSeconds, new KeyValuePair<string, object?>("nexus.status", status.ToString()));

    /// <param name="component">Null where there is no such component in this version.</param>
    internal static void StepEnded(string? component, RunStep step, TimeSpan after) => Steps.Record(
        after.TotalSeconds,
        new("nexus.component", component ?? "unknown"), new("nexus.status", step.Status.ToString()), new("nexus.cached", step.Cached));
}
