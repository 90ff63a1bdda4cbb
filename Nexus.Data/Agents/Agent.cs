using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Agents;

/// <summary>A named, served decision-maker.</summary>
public sealed class Agent
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string Description { get; set; } = "";

    /// <summary>The model whose Production version it follows while it has no plan.</summary>
    public required string ModelName { get; set; }

    /// <summary>Counts every change of what it serves, by a plan or by a transition of its model; a concurrency token.</summary>
    public int PlanRevision { get; set; }

    /// <summary>The version that the newest revision serves; null while its model has none in Production.</summary>
    public int? ServedVersion { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
}

internal sealed class AgentConfiguration : IEntityTypeConfiguration<Agent>
{
    public void Configure(EntityTypeBuilder<Agent> agent)
    {
        agent.Property(a => a.Name).HasMaxLength(Names.MaxLength);
        agent.Property(a => a.Description).HasMaxLength(4000);
        agent.Property(a => a.ModelName).HasMaxLength(Names.MaxLength);
        agent.Property(a => a.CreatedBy).HasMaxLength(256);
        agent.Property(a => a.PlanRevision).IsConcurrencyToken();
        agent.HasIndex(a => a.Name).IsUnique();
        agent.HasIndex(a => a.ModelName);
    }
}
