using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>One point of a metric's history; append-only, in the order of arrival.</summary>
public sealed class RunMetric
{
    public long Id { get; init; }
    public required Guid RunId { get; init; }
    public required string Key { get; init; }
    public required double Value { get; init; }

    /// <summary>Iteration, epoch or what else the writer counts.</summary>
    public required long Step { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class RunMetricConfiguration : IEntityTypeConfiguration<RunMetric>
{
    public void Configure(EntityTypeBuilder<RunMetric> metric)
    {
        metric.Property(m => m.Key).HasMaxLength(250);
        metric.HasIndex(m => new { m.RunId, m.Key, m.Id });
        metric.HasOne<Run>().WithMany().HasForeignKey(m => m.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
