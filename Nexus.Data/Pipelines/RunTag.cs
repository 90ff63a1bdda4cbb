using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>A tag; may be overwritten.</summary>
public sealed class RunTag
{
    public required Guid RunId { get; init; }
    public required string Key { get; init; }
    public required string Value { get; set; }
}

internal sealed class RunTagConfiguration : IEntityTypeConfiguration<RunTag>
{
    public void Configure(EntityTypeBuilder<RunTag> tag)
    {
        tag.HasKey(t => new { t.RunId, t.Key });
        tag.Property(t => t.Key).HasMaxLength(250);
        tag.Property(t => t.Value).HasMaxLength(8000);
        tag.HasIndex(t => new { t.Key, t.RunId });
        tag.HasOne<Run>().WithMany().HasForeignKey(t => t.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
