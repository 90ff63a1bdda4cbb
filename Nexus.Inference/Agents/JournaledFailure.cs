namespace Nexus.Inference.Agents;

/// <summary>A request that reached the model and that the model could not answer.</summary>
public sealed record JournaledFailure(DecisionSchema Schema, DateTimeOffset At);
