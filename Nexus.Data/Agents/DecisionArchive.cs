using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Data.Storage.Blobs;

namespace Nexus.Data.Agents;

/// <summary>
/// One agent's decisions of one day, or a part of them, as a Parquet blob. Written in the transaction that deletes their rows, so
/// that each decision is in exactly one place.
/// </summary>
public sealed class DecisionArchive
{
    public required Guid Id { get; init; }
    public required Guid AgentId { get; init; }

    /// <summary>Midnight UTC of the day.</summary>
    public required DateTimeOffset Day { get; init; }

    /// <summary>The blob.</summary>
    public required string Digest { get; init; }
    public required long Rows { get; init; }

    /// <summary>The earliest and the latest decision.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <inheritdoc cref="FirstAt"/>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The smallest and the largest time that an id carries, by which a decision is found without looking into all days.</summary>
    public required DateTimeOffset FirstId { get; init; }

    /// <inheritdoc cref="FirstId"/>
    public required DateTimeOffset LastId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class DecisionArchiveConfiguration : IEntityTypeConfiguration<DecisionArchive>
{
    public void Configure(EntityTypeBuilder<DecisionArchive> archive)
    {
        archive.Property(a => a.Digest).HasMaxLength(64).NamesBlobs();
        archive.HasIndex(a => new { a.AgentId, a.LastAt });
        archive.HasIndex(a => new { a.LastId, a.FirstId });
    }
}
