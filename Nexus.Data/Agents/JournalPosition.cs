using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Agents;

/// <summary>
/// How far a node's decision journal has been drained. Written in the transaction of what was drained, so that a record is
/// never counted twice.
/// </summary>
public sealed class JournalPosition
{
    /// <summary>The journal's own id, which lies beside its segments.</summary>
    public required string Journal { get; init; }

    /// <summary>The segment read last.</summary>
    public required long Segment { get; set; }

    /// <summary>The byte within it where the next record begins.</summary>
    public required long Offset { get; set; }
}

internal sealed class JournalPositionConfiguration : IEntityTypeConfiguration<JournalPosition>
{
    public void Configure(EntityTypeBuilder<JournalPosition> position)
    {
        position.HasKey(p => p.Journal);
        position.Property(p => p.Journal).HasMaxLength(32);
    }
}
