using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>A named piece of configuration that pipelines compose by <c>defaults:</c>; its text lives in revisions.</summary>
public sealed class Config
{
    public const int MaxGroupLength = 200;

    public required Guid Id { get; init; }

    /// <summary>Names joined by slashes: <c>data</c>, <c>training/gpu</c>.</summary>
    public required string Group { get; init; }
    public required string Name { get; init; }

    /// <summary>Group and name: <c>data/elec2</c>.</summary>
    public required string Path { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>The newest revision; a concurrency token.</summary>
    public int Revision { get; set; }

    /// <summary>Its texts stay for the runs that they made, and their numbers are not given again.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

internal sealed class ConfigConfiguration : IEntityTypeConfiguration<Config>
{
    public void Configure(EntityTypeBuilder<Config> config)
    {
        config.Property(c => c.Group).HasMaxLength(Config.MaxGroupLength);
        config.Property(c => c.Name).HasMaxLength(Names.MaxLength);
        config.Property(c => c.CreatedBy).HasMaxLength(256);
        config.Property(c => c.Revision).IsConcurrencyToken();
        config.Property(c => c.Path).HasMaxLength(Config.MaxGroupLength + 1 + Names.MaxLength);
        config.HasIndex(c => c.Path).IsUnique();
        config.HasIndex(c => new { c.Group, c.Name });
    }
}
