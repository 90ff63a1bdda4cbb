using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Sweeps;

/// <summary>One point of a sweep, written before its run is started, so that it is started once.</summary>
public sealed class SweepTrial
{
    public required Guid SweepId { get; init; }

    /// <summary>0, 1, 2 … in the order of proposal.</summary>
    public required int Index { get; init; }

    /// <summary>JSON string[]: the overrides of this run, each with one value.</summary>
    public required string Overrides { get; init; }

    /// <summary>The run's id, chosen with the row: the run itself may not be there yet.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Why the run was stopped before its end, or null.</summary>
    public string? Stopped { get; set; }

    /// <summary>Why no run could be started of it, or null.</summary>
    public string? Error { get; set; }
}

internal sealed class SweepTrialConfiguration : IEntityTypeConfiguration<SweepTrial>
{
    public void Configure(EntityTypeBuilder<SweepTrial> trial)
    {
        trial.HasKey(t => new { t.SweepId, t.Index });
        trial.Property(t => t.Stopped).HasMaxLength(400);
        trial.Property(t => t.Error).HasMaxLength(4000);
        trial.HasIndex(t => t.RunId).IsUnique();
        trial.HasOne<Sweep>().WithMany().HasForeignKey(t => t.SweepId).OnDelete(DeleteBehavior.Cascade);
    }
}
