namespace Nexus.Data.Pipelines;

internal sealed class GroupedRun
{
    public required Guid Id { get; init; }

    /// <summary>Null: it has no such value.</summary>
    public required string? Group { get; init; }
}
