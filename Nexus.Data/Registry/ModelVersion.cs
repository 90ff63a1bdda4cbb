using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Data.Storage.Blobs;

namespace Nexus.Data.Registry;

/// <summary>One immutable artifact with what is known of it; only stage, tags and description change.</summary>
public sealed class ModelVersion
{
    public required Guid Id { get; init; }
    public required Guid ModelId { get; init; }
    public required string ModelName { get; init; }
    public required int Version { get; init; }

    /// <summary>onnx or chat.</summary>
    public required string Kind { get; init; }
    public Stage Stage { get; set; } = Stage.None;

    /// <summary>SHA-256 of the artifact, lower-case hex; the blob's name.</summary>
    public required string Digest { get; init; }
    public required long Bytes { get; init; }

    /// <summary>JSON of <see cref="ModelSignature"/>.</summary>
    public required string Signature { get; init; }

    /// <summary>JSON: metric → <see cref="MetricEstimate"/>.</summary>
    public required string Metrics { get; init; }

    /// <summary>JSON of the evaluation (slices, gates, baseline), or null for an upload.</summary>
    public string? Evaluation { get; init; }

    /// <summary>JSON of the reference that drift is measured against, or null where none is known.</summary>
    public string? Reference { get; init; }
    public Guid? RunId { get; init; }

    /// <summary>JSON object: dataset version, code commit, pipeline revision, trainer and parameters; or the upload's file name.</summary>
    public required string Provenance { get; init; }

    /// <summary>Markdown.</summary>
    public string Description { get; set; } = "";

    /// <summary>JSON object: tag → value.</summary>
    public string Tags { get; set; } = "{}";
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

internal sealed class ModelVersionConfiguration : IEntityTypeConfiguration<ModelVersion>
{
    public void Configure(EntityTypeBuilder<ModelVersion> version)
    {
        version.Property(v => v.ModelName).HasMaxLength(Names.MaxLength);
        version.Property(v => v.Kind).HasMaxLength(8);
        version.Property(v => v.Stage).HasConversion<string>().HasMaxLength(16).IsConcurrencyToken();
        version.Property(v => v.Digest).HasMaxLength(64).NamesBlobs();
        version.Property(v => v.Evaluation).NamesBlobs();
        version.Property(v => v.CreatedBy).HasMaxLength(256);
        version.HasIndex(v => new { v.ModelId, v.Version }).IsUnique();
        version.HasIndex(v => v.RunId).IsUnique();
        version.HasIndex(v => new { v.CreatedAt, v.Id });
        version.HasOne<Model>().WithMany().HasForeignKey(v => v.ModelId).OnDelete(DeleteBehavior.Restrict);
    }
}
