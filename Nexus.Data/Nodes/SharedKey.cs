using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Nodes;

/// <summary>A key that all nodes have, sealed under the secret that the database does not know.</summary>
public sealed class SharedKey
{
    public required string Name { get; init; }

    /// <summary>Nonce, tag and cipher text of AES-256-GCM, with the name as associated data.</summary>
    public required byte[] Sealed { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class SharedKeyConfiguration : IEntityTypeConfiguration<SharedKey>
{
    public void Configure(EntityTypeBuilder<SharedKey> key)
    {
        key.HasKey(k => k.Name);
        key.Property(k => k.Name).HasMaxLength(200);
        key.Property(k => k.Sealed).HasMaxLength(8000);
    }
}
