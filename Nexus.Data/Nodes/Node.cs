using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Nodes;

/// <summary>A process of the portal that works, or has worked, on this database.</summary>
public sealed class Node
{
    /// <summary>Another at every start.</summary>
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>With commas between.</summary>
    public required string Roles { get; init; }
    public required string Version { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Grows while it lives. Others go by it and not by the time beside it, since their clocks may differ.</summary>
    public long Beats { get; set; }
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When it ended in good order; null for one that lives, and for one that was killed.</summary>
    public DateTimeOffset? StoppedAt { get; set; }
}

internal sealed class NodeConfiguration : IEntityTypeConfiguration<Node>
{
    public void Configure(EntityTypeBuilder<Node> node)
    {
        node.Property(n => n.Name).HasMaxLength(100);
        node.Property(n => n.Roles).HasMaxLength(100);
        node.Property(n => n.Version).HasMaxLength(50);
        node.HasIndex(n => new { n.StartedAt, n.Id });
        node.HasIndex(n => n.SeenAt);
    }
}
