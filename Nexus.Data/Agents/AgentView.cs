namespace Nexus.Data.Agents;

/// <summary>An agent as pages and programs see it.</summary>
/// <param name="Model">The model whose Production version it follows.</param>
/// <param name="PlanRevision">Counts every change of what it serves.</param>
/// <param name="ProductionVersion">The version that it serves now; null while the model has none in Production.</param>
public sealed record AgentView(
    Guid Id,
    string Name,
    string Description,
    string Model,
    int PlanRevision,
    int? ProductionVersion,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ChangedAt);
