using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Feedback;

/// <summary>What came back on a decision; may arrive before the decision is known.</summary>
public sealed class FeedbackItem
{
    public required Guid Id { get; init; }
    public required Guid DecisionId { get; init; }

    /// <summary>label, correction, rating, click or session.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON of the value: text, number or boolean.</summary>
    public required string Value { get; init; }

    /// <summary>When it happened, as told; else when it was received.</summary>
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string Source { get; init; }

    /// <summary>
    /// SHA-256 over what makes two items the same; unique, so that a repeat counts once. An item that gave its place to one
    /// of the same identity and another value keeps its row under an identity of its own.
    /// </summary>
    public required string Identity { get; set; }

    /// <summary>Whether a later label, correction or rating took its place.</summary>
    public bool Superseded { get; set; }

    /// <summary>When the decision was found and the item applied to it.</summary>
    public DateTimeOffset? JoinedAt { get; set; }

    /// <summary>The decision's agent, once that is found: the decision itself may move to the archive.</summary>
    public Guid? AgentId { get; set; }

    /// <summary>What the decision had answered, once that is found; null for a regression.</summary>
    public string? Answered { get; set; }
}

internal sealed class FeedbackItemConfiguration : IEntityTypeConfiguration<FeedbackItem>
{
    public void Configure(EntityTypeBuilder<FeedbackItem> item)
    {
        item.Property(i => i.Kind).HasMaxLength(16);
        item.Property(i => i.Value).HasMaxLength(4000);
        item.Property(i => i.Source).HasMaxLength(100);
        item.Property(i => i.Identity).HasMaxLength(64);
        item.HasIndex(i => i.Identity).IsUnique();
        item.HasIndex(i => new { i.DecisionId, i.At });
        item.HasIndex(i => new { i.JoinedAt, i.ReceivedAt });
        item.Property(i => i.Answered).HasMaxLength(256);
        item.HasIndex(i => new { i.AgentId, i.JoinedAt, i.Id });
    }
}
