using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Datasets;

/// <summary>A named series of immutable versions.</summary>
public sealed class Dataset
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string Description { get; set; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>The newest version's number; a concurrency token, so that two uploads never share a number.</summary>
    public int LatestVersion { get; set; }
}

internal sealed class DatasetConfiguration : IEntityTypeConfiguration<Dataset>
{
    public void Configure(EntityTypeBuilder<Dataset> dataset)
    {
        dataset.Property(d => d.Name).HasMaxLength(Names.MaxLength);
        dataset.Property(d => d.Description).HasMaxLength(4000);
        dataset.Property(d => d.CreatedBy).HasMaxLength(256);
        dataset.Property(d => d.LatestVersion).IsConcurrencyToken();
        dataset.HasIndex(d => d.Name).IsUnique();
    }
}
