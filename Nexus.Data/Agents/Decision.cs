using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Agents;

/// <summary>One answered request. Written once from the journal; only what feedback tells is added later.</summary>
public sealed class Decision
{
    public required Guid Id { get; init; }
    public required Guid AgentId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int ModelVersion { get; init; }
    public required string Variant { get; init; }
    public required int PlanRevision { get; init; }
    public string? Unit { get; init; }
    public string? Subject { get; init; }

    /// <summary>The answered class; null for regression.</summary>
    public string? Label { get; init; }

    /// <summary>The answered class's probability, or the regression's value.</summary>
    public double? Score { get; init; }
    public required int LatencyMicroseconds { get; init; }

    /// <summary>JSON: <c>{inputs, scores, context, guardrails}</c>.</summary>
    public required string Payload { get; init; }

    /// <summary>The truth as the newest label or correction tells it; null while unknown.</summary>
    public string? TrueLabel { get; set; }
    public DateTimeOffset? LabeledAt { get; set; }
}

internal sealed class DecisionConfiguration : IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Decision> decision)
    {
        decision.Property(d => d.Variant).HasMaxLength(64);
        decision.Property(d => d.Unit).HasMaxLength(256);
        decision.Property(d => d.Subject).HasMaxLength(256);
        decision.Property(d => d.Label).HasMaxLength(256);
        decision.Property(d => d.TrueLabel).HasMaxLength(256);
        decision.HasIndex(d => new { d.AgentId, d.At, d.Id });

        // One unit's among all.
        decision.HasIndex(d => new { d.AgentId, d.Unit, d.At, d.Id }).HasFilter("\"Unit\" IS NOT NULL");

        // The few whose truth is known, without walking over the many whose is not.
        decision.HasIndex(d => new { d.AgentId, d.At }).HasFilter("\"TrueLabel\" IS NOT NULL");
    }
}
