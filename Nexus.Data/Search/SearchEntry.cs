using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Search;

/// <summary>What a search finds a thing by. Written in the transaction of the change; the full-text index follows by triggers.</summary>
public sealed class SearchEntry
{
    public long Id { get; init; }

    /// <summary>As the ledger writes subjects: <c>dataset/elec2</c>, <c>run/{id}</c>, <c>model/elec2@1</c>.</summary>
    public required string Subject { get; init; }
    public required string Title { get; set; }

    /// <summary>Tags, description, notes: all words but the title.</summary>
    public required string Text { get; set; }
    public required DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class SearchEntryConfiguration : IEntityTypeConfiguration<SearchEntry>
{
    public void Configure(EntityTypeBuilder<SearchEntry> entry)
    {
        entry.Property(e => e.Subject).HasMaxLength(200);
        entry.Property(e => e.Title).HasMaxLength(300);
        entry.HasIndex(e => e.Subject).IsUnique();
    }
}
