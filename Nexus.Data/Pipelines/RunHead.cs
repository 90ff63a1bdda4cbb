namespace Nexus.Data.Pipelines;

/// <summary>What lists read of a run's row: neither its document, nor where its values came from, nor its surroundings.</summary>
internal sealed class RunHead
{
    public required Guid Id { get; init; }
    public required string PipelineName { get; init; }
    public required int Revision { get; init; }
    public required int Number { get; init; }
    public required RunStatus Status { get; init; }
    public required string Trigger { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? StartedAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required string? Error { get; init; }
    public required DateTimeOffset? CancelRequestedAt { get; init; }
    public required string? ModelName { get; init; }
    public required int? ModelVersion { get; init; }
    public required Guid? SweepId { get; init; }
}
