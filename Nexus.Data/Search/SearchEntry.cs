using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Search;

/// <summary>What a search finds a thing by. Written in the transaction of the change; the full-text index follows by triggers.</summary>
public sealed class SearchEntry
{
    public const int MaxTitle = 300;
    public const int MaxText = 16_000;

    public long Id { get; init; }

    /// <summary>The row that it tells of.</summary>
    public required Guid ThingId { get; init; }

    /// <summary>One of <see cref="SearchKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>As the ledger writes subjects: <c>dataset/elec2</c>, <c>run/{id}</c>, <c>model/elec2@1</c>.</summary>
    public required string Subject { get; init; }
    public required string Title { get; set; }

    /// <summary>Tags, description, notes: all words but the title. Holds no control characters but line ends.</summary>
    public required string Text { get; set; }

    /// <summary>When the thing came to be: of equally good finds the newest is first.</summary>
    public required DateTimeOffset At { get; init; }
}

internal sealed class SearchEntryConfiguration : IEntityTypeConfiguration<SearchEntry>
{
    public void Configure(EntityTypeBuilder<SearchEntry> entry)
    {
        entry.Property(e => e.Kind).HasMaxLength(16);
        entry.Property(e => e.Subject).HasMaxLength(300);
        entry.Property(e => e.Title).HasMaxLength(SearchEntry.MaxTitle);
        entry.Property(e => e.Text).HasMaxLength(SearchEntry.MaxText);
        entry.HasIndex(e => e.ThingId).IsUnique();
    }
}
