using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Data.Storage.Blobs;

namespace Nexus.Data.Registry;

/// <summary>What drives a model version, computed in the background over one table of rows with labels.</summary>
public sealed class ModelExplanation
{
    public required Guid Id { get; init; }
    public required string ModelName { get; init; }
    public required int Version { get; init; }

    /// <summary>Digest of the Parquet blob that the rows are read from.</summary>
    public required string RowsDigest { get; init; }

    /// <summary>What the rows are, for a person: <c>test split of elec2@3</c>.</summary>
    public required string RowsAre { get; init; }

    /// <summary>The column of the rows that was to be predicted.</summary>
    public required string Label { get; init; }
    public ExplanationState State { get; set; } = ExplanationState.Queued;

    /// <summary>0…1 while it runs.</summary>
    public double Progress { get; set; }

    /// <summary>Canonical JSON of the result; null until it is there.</summary>
    public string? Result { get; set; }
    public string? Error { get; set; }

    /// <summary>The blob of <see cref="ScoredRows"/> over these rows; null where the version's own evaluation holds it.</summary>
    public string? Scores { get; set; }

    /// <summary>JSON: metric → <see cref="MetricEstimate"/> over these rows; null where the version's own evaluation holds them.</summary>
    public string? Metrics { get; set; }

    /// <summary>The worker that has it, and until when it keeps it without being heard of.</summary>
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>How often a worker took it up; the third that vanishes ends it.</summary>
    public int Attempts { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class ModelExplanationConfiguration : IEntityTypeConfiguration<ModelExplanation>
{
    public void Configure(EntityTypeBuilder<ModelExplanation> explanation)
    {
        explanation.Property(e => e.ModelName).HasMaxLength(Names.MaxLength);
        explanation.Property(e => e.RowsDigest).HasMaxLength(64).NamesBlobs();
        explanation.Property(e => e.Label).HasMaxLength(256);
        explanation.Property(e => e.Scores).HasMaxLength(64).NamesBlobs();
        explanation.Property(e => e.LeaseOwner).HasMaxLength(100);
        explanation.Property(e => e.RowsAre).HasMaxLength(200);
        explanation.Property(e => e.State).HasConversion<string>().HasMaxLength(16);
        explanation.Property(e => e.Error).HasMaxLength(4000);
        explanation.Property(e => e.CreatedBy).HasMaxLength(256);
        explanation.HasIndex(e => new { e.ModelName, e.Version, e.CreatedAt });
        explanation.HasIndex(e => new { e.State, e.CreatedAt });
    }
}
