using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Identity;

/// <summary>A key that acts as its owner; only its SHA-256 is kept.</summary>
public sealed class ApiKey
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required string Name { get; init; }

    /// <summary>The first characters, to tell keys apart in a list.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the whole key, lower-case hex. Keys carry 256 random bits, so no salt or stretching is needed.</summary>
    public required string Hash { get; init; }

    /// <summary>Comma-separated names of <see cref="Role"/>; at most the owner's at the time of use.</summary>
    public required string Roles { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.Property(k => k.Name).HasMaxLength(100);
        key.Property(k => k.Prefix).HasMaxLength(16);
        key.Property(k => k.Hash).HasMaxLength(64);
        key.Property(k => k.Roles).HasMaxLength(200);
        key.Property(k => k.CreatedBy).HasMaxLength(256);
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasIndex(k => new { k.PersonId, k.CreatedAt, k.Id });
        key.HasOne<Person>().WithMany().HasForeignKey(k => k.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
