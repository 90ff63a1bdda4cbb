namespace Nexus.Inference.Agents;

/// <summary>An agent as this node serves it.</summary>
/// <param name="Production">Null while its model has no Production version, or that could not be loaded.</param>
/// <param name="Fault">Why its Production version could not be loaded.</param>
public sealed record ServedAgent(Guid Id, string Name, string Model, int PlanRevision, ServedVersion? Production, string? Fault);
