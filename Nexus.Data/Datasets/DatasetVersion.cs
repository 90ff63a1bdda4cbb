using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Data.Storage.Blobs;

namespace Nexus.Data.Datasets;

/// <summary>One content-addressed, immutable version: the bytes as they came, and the same rows as Parquet.</summary>
public sealed class DatasetVersion
{
    public required Guid Id { get; init; }
    public required Guid DatasetId { get; init; }
    public required string DatasetName { get; init; }
    public required int Version { get; init; }

    /// <summary>SHA-256 of the original bytes, lower-case hex; the blob's name.</summary>
    public required string Digest { get; init; }

    /// <summary>Digest of content and type overrides: the same file typed otherwise is another version.</summary>
    public required string ContentKey { get; init; }

    /// <summary>The rows as Parquet, a blob.</summary>
    public required string ParquetDigest { get; init; }

    /// <summary>csv, ndjson or parquet.</summary>
    public required string Format { get; init; }
    public required long Bytes { get; init; }
    public required long Rows { get; init; }

    /// <summary>JSON of <see cref="DatasetColumn"/>[].</summary>
    public required string Columns { get; init; }

    /// <summary>JSON of <see cref="ColumnProfile"/>[].</summary>
    public required string Profile { get; init; }

    /// <summary>The file's name, or how else the version came to be.</summary>
    public required string Source { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

internal sealed class DatasetVersionConfiguration : IEntityTypeConfiguration<DatasetVersion>
{
    public void Configure(EntityTypeBuilder<DatasetVersion> version)
    {
        version.Property(v => v.DatasetName).HasMaxLength(Names.MaxLength);
        version.Property(v => v.Digest).HasMaxLength(64).NamesBlobs();
        version.Property(v => v.ContentKey).HasMaxLength(64);
        version.Property(v => v.ParquetDigest).HasMaxLength(64).NamesBlobs();
        version.Property(v => v.Format).HasMaxLength(16);
        version.Property(v => v.Source).HasMaxLength(255);
        version.Property(v => v.CreatedBy).HasMaxLength(256);
        version.HasIndex(v => new { v.DatasetId, v.Version }).IsUnique();
        version.HasIndex(v => new { v.DatasetId, v.ContentKey }).IsUnique();
        version.HasOne<Dataset>().WithMany().HasForeignKey(v => v.DatasetId).OnDelete(DeleteBehavior.Restrict);
    }
}
