using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Audit;

/// <summary>What the ledger was at a moment; kept as a file beside the database too.</summary>
public sealed class LedgerCheckpoint
{
    public required Guid Id { get; init; }

    /// <summary>How many entries it covers.</summary>
    public required long Size { get; init; }

    /// <summary>RFC 6962 tree head over the entries' canonical bytes, base64.</summary>
    public required string Root { get; init; }

    /// <summary>The whole text of the checkpoint, as its file holds it.</summary>
    public required string Text { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class LedgerCheckpointConfiguration : IEntityTypeConfiguration<LedgerCheckpoint>
{
    public void Configure(EntityTypeBuilder<LedgerCheckpoint> checkpoint)
    {
        checkpoint.Property(c => c.Root).HasMaxLength(64);
        checkpoint.Property(c => c.Text).HasMaxLength(2000);
        checkpoint.HasIndex(c => c.Size).IsUnique();
        checkpoint.HasIndex(c => new { c.CreatedAt, c.Id });
    }
}
