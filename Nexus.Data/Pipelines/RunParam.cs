using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>A parameter as it ran: a path into the composed document and its value as text. Written once.</summary>
public sealed class RunParam
{
    public required Guid RunId { get; init; }
    public required string Key { get; init; }
    public required string Value { get; init; }

    /// <summary>The value where it is a number: what lists order and filter by.</summary>
    public double? Number { get; init; }
}

internal sealed class RunParamConfiguration : IEntityTypeConfiguration<RunParam>
{
    public void Configure(EntityTypeBuilder<RunParam> param)
    {
        param.HasKey(p => new { p.RunId, p.Key });
        param.Property(p => p.Key).HasMaxLength(250);
        param.Property(p => p.Value).HasMaxLength(6000);
        param.HasIndex(p => new { p.Key, p.Number, p.RunId });
        param.HasOne<Run>().WithMany().HasForeignKey(p => p.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
