namespace Nexus.Data.Pipelines;

/// <summary>A run and what the list is ordered by; one of the three.</summary>
internal sealed class RankedRun
{
    public required Run Run { get; init; }

    /// <summary>The run's id as the table has it that gives the order: its index holds both.</summary>
    public required Guid Id { get; init; }
    public double Number { get; init; }
    public string Text { get; init; } = "";
    public long Whole { get; init; }
}
