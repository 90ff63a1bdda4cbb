using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>A metric's last point; what lists and comparisons read.</summary>
public sealed class RunLatestMetric
{
    public required Guid RunId { get; init; }
    public required string Key { get; init; }
    public required double Value { get; set; }

    /// <summary>Lower and upper end of the 95 % interval, where the metric is an estimate.</summary>
    public double? Lower { get; set; }

    /// <inheritdoc cref="Lower"/>
    public double? Upper { get; set; }
    public required long Step { get; set; }
    public required DateTimeOffset At { get; set; }

    /// <summary>Whether it is the run's result (its evaluate step's, on the test split) rather than a training curve.</summary>
    public bool Final { get; set; }
}

internal sealed class RunLatestMetricConfiguration : IEntityTypeConfiguration<RunLatestMetric>
{
    public void Configure(EntityTypeBuilder<RunLatestMetric> metric)
    {
        metric.HasKey(m => new { m.RunId, m.Key });
        metric.Property(m => m.Key).HasMaxLength(250);
        metric.HasIndex(m => new { m.Key, m.Value, m.RunId });
        metric.HasOne<Run>().WithMany().HasForeignKey(m => m.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
