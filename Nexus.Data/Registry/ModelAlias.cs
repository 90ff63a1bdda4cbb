using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Registry;

/// <summary>A name for one of a model's versions.</summary>
public sealed class ModelAlias
{
    public required Guid ModelId { get; init; }
    public required string Alias { get; init; }
    public required int Version { get; set; }
}

internal sealed class ModelAliasConfiguration : IEntityTypeConfiguration<ModelAlias>
{
    public void Configure(EntityTypeBuilder<ModelAlias> alias)
    {
        alias.HasKey(a => new { a.ModelId, a.Alias });
        alias.Property(a => a.Alias).HasMaxLength(Names.MaxLength);
        alias.HasOne<Model>().WithMany().HasForeignKey(a => a.ModelId).OnDelete(DeleteBehavior.Cascade);
    }
}
