namespace Nexus.Inference.Agents;

/// <summary>What one transaction of the drain writes. Valid until the cursor that gave it is asked for the next: its memory is used again.</summary>
public sealed record JournalBatch(IReadOnlyList<JournaledDecision> Decisions, IReadOnlyList<JournaledFailure> Failures);
