namespace Nexus.Inference.Agents;

/// <summary>What one transaction of the drain writes.</summary>
public sealed record JournalBatch(IReadOnlyList<JournaledDecision> Decisions, IReadOnlyList<JournaledFailure> Failures);
