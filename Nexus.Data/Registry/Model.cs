using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Registry;

/// <summary>A named series of versions.</summary>
public sealed class Model
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Markdown.</summary>
    public string Description { get; set; } = "";

    /// <summary>JSON object: tag → value.</summary>
    public string Tags { get; set; } = "{}";
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>The newest version's number; a concurrency token.</summary>
    public int LatestVersion { get; set; }

    /// <summary>The version in Production; a concurrency token, so that two transitions never both win.</summary>
    public int? ProductionVersion { get; set; }
}

internal sealed class ModelConfiguration : IEntityTypeConfiguration<Model>
{
    public void Configure(EntityTypeBuilder<Model> model)
    {
        model.ToTable("Models");
        model.Property(m => m.Name).HasMaxLength(Names.MaxLength);
        model.Property(m => m.CreatedBy).HasMaxLength(256);
        model.Property(m => m.LatestVersion).IsConcurrencyToken();
        model.Property(m => m.ProductionVersion).IsConcurrencyToken();
        model.HasIndex(m => m.Name).IsUnique();
    }
}
