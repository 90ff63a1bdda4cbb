using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Web.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>How runs and steps are spoken of, on every page alike.</summary>
internal static class RunWords
{
    public static ChipState State(RunStatus status) => status switch
    {
        RunStatus.Succeeded => ChipState.Good,
        RunStatus.Failed => ChipState.Bad,
        RunStatus.Running => ChipState.Busy,
        RunStatus.Queued => ChipState.Plain,
        _ => ChipState.Unknown,
    };

    public static string Word(RunSummary run) => run switch
    {
        { CancelRequested: true, Status: RunStatus.Running or RunStatus.Queued } => "Canceling",
        { Status: RunStatus.Running, Steps: > 0 } => $"Running · {run.StepsDone} of {run.Steps}",
        _ => run.Status.ToString(),
    };

    /// <summary>The one figure that a list shows.</summary>
    public static (string Name, MetricEstimate Value)? Headline(IReadOnlyDictionary<string, MetricEstimate> metrics) =>
        MetricNames.Primary(metrics.Keys) is { } name ? (MetricNames.Label(name), metrics[name]) : null;

    /// <summary>A metric's name at the head of a column or sentence: <c>logLoss</c> → <c>Log loss</c>, <c>myOwn</c> → <c>MyOwn</c>.</summary>
    public static string Metric(string name) => MetricNames.Label(name) is { Length: > 0 } label ? char.ToUpperInvariant(label[0]) + label[1..] : name;

    public static TimeSpan? Took(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now) => from is { } start ? (to ?? now) - start : null;

    /// <summary>Several steps in one breath: <c>left and right</c>, <c>left, middle and 3 more</c>.</summary>
    public static string Steps(IReadOnlyList<string> names) => names switch
    {
        [] => "",
        [var only] => only,
        _ when names.Count <= 3 => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        _ => $"{names[0]}, {names[1]} and {names.Count - 2} more",
    };

    /// <summary>A step as a graph's node.</summary>
    public static GraphNode Node(RunStepView step, bool open, DateTimeOffset now) => new(step.Name, step.Status == StepStatus.Pending && !open ? "not done" : Detail(step, now), State(step), [.. step.Inputs.Values]);

    private static ChipState State(RunStepView step) => step.Status switch
    {
        StepStatus.Succeeded => ChipState.Good,
        StepStatus.Failed => ChipState.Bad,
        StepStatus.Running => ChipState.Busy,
        StepStatus.Canceled => ChipState.Unknown,
        _ => ChipState.Plain,
    };

    private static string Detail(RunStepView step, DateTimeOffset now) => step switch
    {
        { Cached: true } => step.CachedFromNumber is { } number ? $"cached from #{number}" : "cached",
        { Status: StepStatus.Pending } => "waits",
        { Status: StepStatus.Running, Progress: { } done } => $"{Format.Percent(Math.Round(done, 2))} · attempt {step.Attempt}",
        { Status: StepStatus.Running } => $"{Format.Duration(Took(step.StartedAt, null, now))} · attempt {step.Attempt}",
        { Status: StepStatus.Canceled } => "canceled",
        { Status: StepStatus.Failed } => step.Attempt > 1 ? $"failed · attempt {step.Attempt}" : "failed",
        _ => Format.Duration(Took(step.StartedAt, step.EndedAt, now)) + (Warnings(step) is > 0 and var warnings ? $" · {Format.Count(warnings, "warning")}" : ""),
    };

    private static int Warnings(RunStepView step) => step.Output?["facts"]?["anomalies"] is System.Text.Json.Nodes.JsonArray anomalies ? anomalies.Count : 0;
}
