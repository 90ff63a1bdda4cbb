using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>One immutable text of a config.</summary>
public sealed class ConfigRevision
{
    public required Guid Id { get; init; }
    public required Guid ConfigId { get; init; }
    public required int Revision { get; init; }
    public required string Yaml { get; init; }

    /// <summary>SHA-256 of the text, lower-case hex.</summary>
    public required string Digest { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

internal sealed class ConfigRevisionConfiguration : IEntityTypeConfiguration<ConfigRevision>
{
    public void Configure(EntityTypeBuilder<ConfigRevision> revision)
    {
        revision.Property(r => r.Digest).HasMaxLength(64);
        revision.Property(r => r.CreatedBy).HasMaxLength(256);
        revision.HasIndex(r => new { r.ConfigId, r.Revision }).IsUnique();
        revision.HasOne<Config>().WithMany().HasForeignKey(r => r.ConfigId).OnDelete(DeleteBehavior.Restrict);
    }
}
