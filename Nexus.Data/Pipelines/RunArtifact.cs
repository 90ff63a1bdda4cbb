using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Data.Storage.Blobs;

namespace Nexus.Data.Pipelines;

/// <summary>A file that a run made.</summary>
public sealed class RunArtifact
{
    public required Guid RunId { get; init; }

    /// <summary>Relative, with forward slashes: <c>train/model.onnx</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The blob.</summary>
    public required string Digest { get; init; }
    public required long Bytes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class RunArtifactConfiguration : IEntityTypeConfiguration<RunArtifact>
{
    public void Configure(EntityTypeBuilder<RunArtifact> artifact)
    {
        artifact.HasKey(a => new { a.RunId, a.Path });
        artifact.Property(a => a.Path).HasMaxLength(500);
        artifact.Property(a => a.Digest).HasMaxLength(64).NamesBlobs();
        artifact.HasOne<Run>().WithMany().HasForeignKey(a => a.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
