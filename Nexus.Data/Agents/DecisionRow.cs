namespace Nexus.Data.Agents;

/// <summary>A decision on its way into the database, whose payload need not become a string for it.</summary>
/// <param name="Payload">JSON in sound UTF-8, as <see cref="Decision.Payload"/>.</param>
public readonly record struct DecisionRow(
    Guid Id,
    Guid AgentId,
    DateTimeOffset At,
    int ModelVersion,
    string Variant,
    int PlanRevision,
    string? Unit,
    string? Subject,
    string? Label,
    double? Score,
    int LatencyMicroseconds,
    ReadOnlyMemory<byte> Payload);
