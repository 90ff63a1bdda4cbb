using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>The newest text of a pipeline or config is composed of this config; written anew with each text.</summary>
public sealed class ConfigUse
{
    /// <summary><c>pipeline/elec2</c>, <c>config/training/fast</c>.</summary>
    public required string User { get; init; }

    /// <summary>The config's path: <c>data/elec2</c>.</summary>
    public required string Path { get; init; }
}

internal sealed class ConfigUseConfiguration : IEntityTypeConfiguration<ConfigUse>
{
    public void Configure(EntityTypeBuilder<ConfigUse> use)
    {
        use.Property(u => u.User).HasMaxLength(280);
        use.Property(u => u.Path).HasMaxLength(Config.MaxGroupLength + 1 + Names.MaxLength);
        use.HasKey(u => new { u.User, u.Path });
        use.HasIndex(u => u.Path);
    }
}
