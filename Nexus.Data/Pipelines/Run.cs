using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>One execution of a pipeline. The row is the truth; the queue only hurries it along.</summary>
public sealed class Run
{
    public required Guid Id { get; init; }
    public required Guid PipelineId { get; init; }
    public required string PipelineName { get; init; }
    public required int Revision { get; init; }

    /// <summary>1, 2, 3 … within the pipeline.</summary>
    public required int Number { get; init; }
    public RunStatus Status { get; set; } = RunStatus.Queued;

    /// <summary><c>manual</c>, or what started it.</summary>
    public required string Trigger { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>From start to end in microseconds; the database computes it.</summary>
    public long? DurationUs { get; private set; }

    /// <summary>JSON string[]: the overrides as given.</summary>
    public required string Overrides { get; init; }

    /// <summary>The composed document as canonical JSON; what runs.</summary>
    public required string Composed { get; init; }

    /// <summary>SHA-256 of <see cref="Composed"/>.</summary>
    public required string ComposedDigest { get; init; }

    /// <summary>
    /// JSON object: <c>values</c>, where each value of <see cref="Composed"/> came from, by its path (<c>steps.train.with.seed</c>);
    /// <c>configs</c>, the configs that it was composed of, with their revisions.
    /// </summary>
    public string Origins { get; init; } = "{}";

    /// <summary>The sweep that it is a trial of, or null.</summary>
    public Guid? SweepId { get; init; }

    /// <summary>JSON object: code commit, package versions, operating system, processors of the worker that took it last; empty until one has.</summary>
    public string Environment { get; set; } = "{}";

    /// <summary>Why it failed, for a person.</summary>
    public string? Error { get; set; }
    public DateTimeOffset? CancelRequestedAt { get; set; }

    /// <summary>Which process works on it; a concurrency token together with <see cref="LeaseUntil"/>.</summary>
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>How often it was taken up after its worker had vanished.</summary>
    public int Recoveries { get; set; }

    /// <summary>The version that its push step made.</summary>
    public string? ModelName { get; set; }

    /// <inheritdoc cref="ModelName"/>
    public int? ModelVersion { get; set; }
    public string Note { get; set; } = "";
}

internal sealed class RunConfiguration : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> run)
    {
        run.Property(r => r.PipelineName).HasMaxLength(Names.MaxLength);
        run.Property(r => r.Status).HasConversion<string>().HasMaxLength(16);
        run.Property(r => r.Trigger).HasMaxLength(100);
        run.Property(r => r.CreatedBy).HasMaxLength(256);
        run.Property(r => r.ComposedDigest).HasMaxLength(64);
        run.Property(r => r.Error).HasMaxLength(4000);
        run.Property(r => r.LeaseOwner).HasMaxLength(100).IsConcurrencyToken();
        run.Property(r => r.LeaseUntil).IsConcurrencyToken();
        run.Property(r => r.ModelName).HasMaxLength(Names.MaxLength);
        run.Property(r => r.DurationUs).HasComputedColumnSql("\"EndedAt\" - \"StartedAt\"", stored: true);
        run.HasIndex(r => new { r.DurationUs, r.Id });
        run.HasIndex(r => new { r.PipelineId, r.Number }).IsUnique();
        run.HasIndex(r => new { r.CreatedAt, r.Id });
        run.HasIndex(r => new { r.PipelineId, r.CreatedAt, r.Id });
        run.HasIndex(r => new { r.Status, r.CreatedAt, r.Id });
        run.HasIndex(r => r.SweepId);
        run.HasOne<Pipeline>().WithMany().HasForeignKey(r => r.PipelineId).OnDelete(DeleteBehavior.Restrict);
    }
}
