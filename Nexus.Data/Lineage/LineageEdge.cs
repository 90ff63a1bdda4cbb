using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Lineage;

/// <summary>One arrow of the lineage graph: <see cref="From"/> made or fed <see cref="To"/>.</summary>
public sealed class LineageEdge
{
    public required Guid Id { get; init; }

    /// <summary>As the ledger writes subjects: <c>dataset/elec2@3</c>, <c>run/{id}</c>, <c>model/elec2@1</c>, <c>agent/price</c>.</summary>
    public required string From { get; init; }

    /// <inheritdoc cref="From"/>
    public required string To { get; init; }

    /// <summary>
    /// The verb: <c>read</c> (dataset, run), <c>composed</c> (config, what its text went into: pipeline revision or run), <c>ran</c>
    /// (pipeline, a run that is no trial of a sweep), <c>swept</c> (pipeline, sweep), <c>started</c> (sweep, run), <c>reused</c> (run, the
    /// run that took a step's output from it), <c>made</c>, <c>approved</c>, <c>serves</c>.
    /// </summary>
    public required string Relation { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class LineageEdgeConfiguration : IEntityTypeConfiguration<LineageEdge>
{
    public void Configure(EntityTypeBuilder<LineageEdge> edge)
    {
        edge.Property(e => e.From).HasMaxLength(LineageSubject.MaxLength);
        edge.Property(e => e.To).HasMaxLength(LineageSubject.MaxLength);
        edge.Property(e => e.Relation).HasMaxLength(32);
        edge.HasIndex(e => new { e.From, e.Relation, e.To }).IsUnique();
        edge.HasIndex(e => new { e.To, e.Relation, e.From });
    }
}
