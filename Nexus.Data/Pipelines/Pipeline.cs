using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>A named pipeline; its text lives in revisions.</summary>
public sealed class Pipeline
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string Description { get; set; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>The newest revision; a concurrency token.</summary>
    public int Revision { get; set; }

    /// <summary>How many runs there have been; the next run's number is one more. A concurrency token.</summary>
    public int Runs { get; set; }
}

internal sealed class PipelineConfiguration : IEntityTypeConfiguration<Pipeline>
{
    public void Configure(EntityTypeBuilder<Pipeline> pipeline)
    {
        pipeline.Property(p => p.Name).HasMaxLength(Names.MaxLength);
        pipeline.Property(p => p.Description).HasMaxLength(4000);
        pipeline.Property(p => p.CreatedBy).HasMaxLength(256);
        pipeline.Property(p => p.Revision).IsConcurrencyToken();
        pipeline.Property(p => p.Runs).IsConcurrencyToken();
        pipeline.HasIndex(p => p.Name).IsUnique();
    }
}
