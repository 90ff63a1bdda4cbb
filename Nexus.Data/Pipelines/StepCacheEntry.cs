using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Data.Storage.Blobs;

namespace Nexus.Data.Pipelines;

/// <summary>The output that a cache key stands for.</summary>
public sealed class StepCacheEntry
{
    public required string CacheKey { get; init; }
    public required Guid RunId { get; init; }
    public required Guid StepId { get; init; }
    public required string Component { get; init; }
    public required string Output { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class StepCacheEntryConfiguration : IEntityTypeConfiguration<StepCacheEntry>
{
    public void Configure(EntityTypeBuilder<StepCacheEntry> entry)
    {
        entry.HasKey(e => e.CacheKey);
        entry.Property(e => e.CacheKey).HasMaxLength(64);
        entry.Property(e => e.Component).HasMaxLength(64);
        entry.Property(e => e.Output).NamesBlobs();
    }
}
