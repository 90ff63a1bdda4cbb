using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Registry;

/// <summary>What a person wrote on a version's card; versions without any show the nearest earlier version's.</summary>
public sealed class ModelCardRevision
{
    public required Guid Id { get; init; }
    public required string ModelName { get; init; }
    public required int Version { get; init; }

    /// <summary>1, 2, 3 … of the version's card.</summary>
    public required int Revision { get; init; }

    /// <summary>JSON of <see cref="CardSections"/>.</summary>
    public required string Sections { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

internal sealed class ModelCardRevisionConfiguration : IEntityTypeConfiguration<ModelCardRevision>
{
    public void Configure(EntityTypeBuilder<ModelCardRevision> card)
    {
        card.Property(c => c.ModelName).HasMaxLength(Names.MaxLength);
        card.Property(c => c.CreatedBy).HasMaxLength(256);
        card.HasIndex(c => new { c.ModelName, c.Version, c.Revision }).IsUnique();
    }
}
