using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Data.Identity;

namespace Nexus.Data.Governance;

/// <summary>A decision by a person on a promotion, bound to the evidence it was shown.</summary>
public sealed class Approval
{
    public required Guid Id { get; init; }

    /// <summary>model-transition.</summary>
    public required string Kind { get; init; }

    /// <summary>As the ledger writes subjects: <c>model/elec2@3</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>JSON of the change that deciding executes, by kind.</summary>
    public required string Change { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required string RequestedBy { get; init; }
    public required string Reason { get; init; }

    /// <summary>JSON: all that an approver is shown.</summary>
    public required string Evidence { get; init; }

    /// <summary>SHA-256 of the canonical evidence, lower-case hex.</summary>
    public required string EvidenceDigest { get; init; }
    public ApprovalState State { get; private set; } = ApprovalState.Pending;
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? Comment { get; private set; }

    /// <exception cref="RefusedException">Forbidden to the requester; Conflict if decided, expired or changed.</exception>
    public void Decide(bool approve, string comment, Actor actor, string digestNow, DateTimeOffset now)
    {
        if (IsRequester(actor)) throw Refused.Forbidden("Who asked for it cannot decide it.");
        if (State == ApprovalState.Lapsed) throw Refused.Conflict("What is to be approved has changed since it was shown; the approval has lapsed.");
        if (State == ApprovalState.Expired) throw Refused.Conflict("Nobody decided in time; it has expired.");
        if (State != ApprovalState.Pending) throw Refused.Conflict($"{DecidedBy} has {State.ToString().ToLowerInvariant()} it already.");
        if (now >= ExpiresAt) throw Refused.Conflict("Nobody decided in time; it has expired.");
        if (digestNow != EvidenceDigest) throw Refused.Conflict("What is to be approved has changed since it was shown.");
        State = approve ? ApprovalState.Approved : ApprovalState.Rejected;
        (DecidedBy, DecidedAt, Comment) = (actor.Name, now, comment);
    }

    /// <summary>Whether it is for its changed evidence alone that this actor could not decide it.</summary>
    internal bool WouldLapse(Actor actor, string digestNow, DateTimeOffset now) =>
        !IsRequester(actor) && State == ApprovalState.Pending && now < ExpiresAt && digestNow != EvidenceDigest;

    /// <summary>Closes it without a person: its evidence changed, or its time ran out.</summary>
    public void Close(ApprovalState state, DateTimeOffset now)
    {
        if (State != ApprovalState.Pending) return;
        (State, DecidedAt) = (state, now);
    }

    private bool IsRequester(Actor actor) => string.Equals(actor.Name, RequestedBy, StringComparison.OrdinalIgnoreCase);
}

internal sealed class ApprovalConfiguration : IEntityTypeConfiguration<Approval>
{
    public void Configure(EntityTypeBuilder<Approval> approval)
    {
        approval.Property(a => a.Kind).HasMaxLength(32);
        approval.Property(a => a.Subject).HasMaxLength(300);
        approval.Property(a => a.RequestedBy).HasMaxLength(256);
        approval.Property(a => a.Reason).HasMaxLength(4000);
        approval.Property(a => a.EvidenceDigest).HasMaxLength(64);
        approval.Property(a => a.State).HasConversion<string>().HasMaxLength(16).IsConcurrencyToken();
        approval.Property(a => a.DecidedBy).HasMaxLength(256);
        approval.Property(a => a.Comment).HasMaxLength(4000);
        approval.HasIndex(a => new { a.State, a.CreatedAt, a.Id });
        approval.HasIndex(a => new { a.CreatedAt, a.Id });
        approval.HasIndex(a => new { a.Subject, a.State });
    }
}
