using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>A list of runs as somebody arranged it: columns, filter, order, grouping, by a name that all can open.</summary>
public sealed class SavedView
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>The query string of the page that shows it.</summary>
    public required string Query { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.Property(v => v.Name).HasMaxLength(100);
        view.Property(v => v.Query).HasMaxLength(4000);
        view.Property(v => v.CreatedBy).HasMaxLength(256);
        view.HasIndex(v => v.Name).IsUnique();
    }
}
