namespace Nexus.Data.Samples;

/// <summary>The sample workspace as pages and programs see it.</summary>
/// <param name="Name">What dataset, pipeline, model and agent are called; empty once removed.</param>
/// <param name="Step">What is being made now, in words; empty when nothing is.</param>
/// <param name="TrafficUntil">When its traffic ends by itself; null while it rests.</param>
public sealed record SampleView(
    SampleState State,
    string Name,
    string Engineer,
    string Approver,
    DateTimeOffset CreatedAt,
    string Step,
    int StepsDone,
    int Steps,
    string? Error,
    DateTimeOffset? ReadyAt,
    DateTimeOffset? TrafficUntil)
{
    /// <summary>Whether there is something of it.</summary>
    public bool Exists => State is SampleState.Seeding or SampleState.Ready;

    internal static SampleView From(SampleWorkspace row) => new(
        row.State, row.Name, row.Engineer, row.Approver, row.CreatedAt, row.Step, row.StepsDone, row.Steps, row.Error, row.ReadyAt, row.TrafficUntil);
}
