using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>One immutable text of a pipeline.</summary>
public sealed class PipelineRevision
{
    public required Guid Id { get; init; }
    public required Guid PipelineId { get; init; }
    public required int Revision { get; init; }
    public required string Yaml { get; init; }

    /// <summary>SHA-256 of the text, lower-case hex.</summary>
    public required string Digest { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

internal sealed class PipelineRevisionConfiguration : IEntityTypeConfiguration<PipelineRevision>
{
    public void Configure(EntityTypeBuilder<PipelineRevision> revision)
    {
        revision.Property(r => r.Digest).HasMaxLength(64);
        revision.Property(r => r.CreatedBy).HasMaxLength(256);
        revision.HasIndex(r => new { r.PipelineId, r.Revision }).IsUnique();
        revision.HasOne<Pipeline>().WithMany().HasForeignKey(r => r.PipelineId).OnDelete(DeleteBehavior.Restrict);
    }
}
