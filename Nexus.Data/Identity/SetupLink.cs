using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Identity;

/// <summary>A link that works once: the first administrator makes the account with it, or a person the password.</summary>
public sealed class SetupLink
{
    public required Guid Id { get; init; }

    /// <summary>Whose password it sets; null for the first administrator, who is made by it.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>SHA-256 of the token, lower-case hex; the token carries 256 random bits.</summary>
    public required string TokenHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class SetupLinkConfiguration : IEntityTypeConfiguration<SetupLink>
{
    public void Configure(EntityTypeBuilder<SetupLink> link)
    {
        link.Property(l => l.TokenHash).HasMaxLength(64);
        link.HasIndex(l => l.TokenHash).IsUnique();
        link.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
