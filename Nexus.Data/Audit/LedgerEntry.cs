using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Audit;

/// <summary>
/// One entry of the append-only ledger. <see cref="Canonical"/> are the bytes that are hashed; the other columns are an
/// index over them and are checked against them.
/// </summary>
public sealed class LedgerEntry
{
    /// <summary>1, 2, 3 … without a gap; assigned when the change is saved.</summary>
    public long Sequence { get; internal set; }
    public DateTimeOffset At { get; internal set; }
    public required string Actor { get; init; }

    /// <summary>Where a key acted: who made the key.</summary>
    public string? KeyMadeBy { get; init; }

    /// <summary>Area and verb: <c>model.transitioned</c>, <c>approval.approved</c>, <c>key.created</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Kind and name: <c>model/elec2@3</c>, <c>approval/{id}</c>, <c>person/ada</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What changed, as canonical JSON; no secrets, no row data.</summary>
    public required string Detail { get; init; }
    public byte[] Canonical { get; internal set; } = [];

    /// <summary>SHA-256 of the entry before, or 32 zero bytes for the first.</summary>
    public byte[] PreviousHash { get; internal set; } = [];

    /// <summary>SHA-256 of <see cref="Canonical"/>, which contains <see cref="PreviousHash"/>.</summary>
    public byte[] Hash { get; internal set; } = [];
}

internal sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> entry)
    {
        entry.ToTable("LedgerEntries", table => table.HasTrigger("LedgerEntries_no_change"));
        entry.HasKey(e => e.Sequence);
        entry.Property(e => e.Sequence).ValueGeneratedNever();
        entry.Property(e => e.Actor).HasMaxLength(256);
        entry.Property(e => e.KeyMadeBy).HasMaxLength(256);
        entry.Property(e => e.Action).HasMaxLength(64);
        entry.Property(e => e.Subject).HasMaxLength(300);
        entry.Property(e => e.PreviousHash).HasMaxLength(32);
        entry.Property(e => e.Hash).HasMaxLength(32);
        entry.HasIndex(e => e.PreviousHash).IsUnique();
        entry.HasIndex(e => new { e.At, e.Sequence });
        entry.HasIndex(e => new { e.Actor, e.Sequence });
        entry.HasIndex(e => new { e.Subject, e.Sequence });
    }
}
