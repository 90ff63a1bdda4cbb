using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Data.Pipelines;

namespace Nexus.Data.Sweeps;

/// <summary>A search over a pipeline's settings: many runs, one best. The row is the truth; it goes on after any restart.</summary>
public sealed class Sweep
{
    public required Guid Id { get; init; }
    public required Guid PipelineId { get; init; }
    public required string PipelineName { get; init; }

    /// <summary>The revision that all its runs compose, whatever is edited meanwhile.</summary>
    public required int Revision { get; init; }

    /// <summary>1, 2, 3 … over all sweeps of the pipeline.</summary>
    public required int Number { get; init; }
    public SweepState State { get; set; } = SweepState.Running;

    /// <summary>JSON string[]: the overrides as given, those that name several values included.</summary>
    public required string Overrides { get; init; }

    /// <summary>JSON: what the overrides span, as it was read when the sweep was made.</summary>
    public required string Space { get; init; }
    public string? Dataset { get; init; }
    public required SweepStrategy Strategy { get; init; }
    public required int Seed { get; init; }

    /// <summary>The metric that is to be best, as the evaluate step names it.</summary>
    public required string Metric { get; init; }
    public required bool Maximize { get; init; }

    /// <summary>How many runs it makes at most; may grow while it lives.</summary>
    public required int MaxTrials { get; set; }

    /// <summary>How many of its runs work at the same time.</summary>
    public required int Parallel { get; set; }

    /// <summary>JSON: the rule that stops hopeless runs early, or null.</summary>
    public string? Stopping { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? Error { get; set; }

    /// <summary>A concurrency token: who moves the sweep on has seen all that happened.</summary>
    public int Version { get; set; }
}

internal sealed class SweepConfiguration : IEntityTypeConfiguration<Sweep>
{
    public void Configure(EntityTypeBuilder<Sweep> sweep)
    {
        sweep.Property(s => s.PipelineName).HasMaxLength(Names.MaxLength);
        sweep.Property(s => s.State).HasConversion<string>().HasMaxLength(16);
        sweep.Property(s => s.Strategy).HasConversion<string>().HasMaxLength(16);
        sweep.Property(s => s.Dataset).HasMaxLength(100);
        sweep.Property(s => s.Metric).HasMaxLength(250);
        sweep.Property(s => s.CreatedBy).HasMaxLength(256);
        sweep.Property(s => s.Error).HasMaxLength(4000);
        sweep.Property(s => s.Version).IsConcurrencyToken();
        sweep.HasIndex(s => new { s.PipelineId, s.Number }).IsUnique();
        sweep.HasIndex(s => new { s.State, s.CreatedAt, s.Id });
        sweep.HasIndex(s => new { s.CreatedAt, s.Id });
        sweep.HasOne<Pipeline>().WithMany().HasForeignKey(s => s.PipelineId).OnDelete(DeleteBehavior.Restrict);
    }
}
