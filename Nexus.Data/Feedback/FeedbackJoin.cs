using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;

namespace Nexus.Data.Feedback;

/// <summary>Brings feedback and decisions together, whichever came first. Works inside the caller's transaction; the caller saves.</summary>
public sealed class FeedbackJoin(TimeProvider time)
{
    /// <summary>What came back on decisions before they were known, now that they are written.</summary>
    public async Task ArriveAsync(NexusDb db, IReadOnlyCollection<Guid> decisions, CancellationToken ct)
    {
        if (decisions.Count == 0 || !await db.FeedbackItems.AnyAsync(i => i.JoinedAt == null, ct)) return;
        var items = await db.FeedbackItems.Where(i => i.JoinedAt == null && decisions.Contains(i.DecisionId)).ToListAsync(ct);
        if (items.Count > 0) await TellKnownAsync(db, items, ct);
    }

    /// <summary>The same for decisions that are known already, whose feedback missed them.</summary>
    /// <returns>How many items were joined.</returns>
    internal async Task<int> SweepAsync(NexusDb db, IReadOnlyCollection<Guid> decisions, CancellationToken ct)
    {
        var items = await db.FeedbackItems.Where(i => decisions.Contains(i.DecisionId)).ToListAsync(ct);
        var waiting = items.Count(i => i.JoinedAt == null);
        if (waiting > 0) await TellKnownAsync(db, items, ct);
        return waiting;
    }

    /// <summary>Items, tracked and complete for their decisions, told to those decisions that are known.</summary>
    /// <param name="archived">Those of the decisions that are not in the database any more, as they were written to the archive.</param>
    /// <returns>The agents whose decisions learnt something.</returns>
    internal async Task<IReadOnlyCollection<Guid>> TellKnownAsync(
        NexusDb db, IReadOnlyCollection<FeedbackItem> items, CancellationToken ct, IReadOnlyDictionary<Guid, Decision>? archived = null)
    {
        var ids = items.Select(i => i.DecisionId).Distinct().ToList();
        var known = await db.Decisions.Where(d => ids.Contains(d.Id))
            .Select(d => new { d.Id, d.AgentId, d.At, d.ModelVersion, d.Variant, d.PlanRevision, d.Label, d.LatencyMicroseconds, d.TrueLabel, d.LabeledAt })
            .ToDictionaryAsync(d => d.Id, ct);
        var quality = new QualityDelta();
        var agents = known.Values.Select(d => d.AgentId).ToHashSet();
        foreach (var group in items.GroupBy(i => i.DecisionId))
        {
            if (archived?.GetValueOrDefault(group.Key) is { } cold && !known.ContainsKey(group.Key))
            {
                TellArchived(cold, [.. group], quality);
                agents.Add(cold.AgentId);
                continue;
            }

            var isKnown = known.TryGetValue(group.Key, out var was);
            var truth = Settle(group, isKnown ? (was!.AgentId, was.Label) : null);
            if (was is null || truth is null) continue;

            // Only what feedback tells is written back: the payload need not be read for it.
            var decision = db.Decisions.Local.FindEntry(was.Id)?.Entity ?? db.Attach(new Decision
            {
                Id = was.Id,
                AgentId = was.AgentId,
                At = was.At,
                ModelVersion = was.ModelVersion,
                Variant = was.Variant,
                PlanRevision = was.PlanRevision,
                Label = was.Label,
                LatencyMicroseconds = was.LatencyMicroseconds,
                Payload = "",
                TrueLabel = was.TrueLabel,
                LabeledAt = was.LabeledAt,
            }).Entity;
            Tell(decision, truth);
            quality.Add(decision, was.TrueLabel);
        }

        await quality.ApplyAsync(db, ct);
        return agents;
    }

    /// <summary>The archive is not written to: the truth is the feedback's, and only the counts of right answers move.</summary>
    private void TellArchived(Decision decision, IReadOnlyList<FeedbackItem> items, QualityDelta quality)
    {
        var before = Truth(items.Where(i => i.JoinedAt is not null)) is { } told ? LabelText.Of(told.Value) : decision.TrueLabel;
        var truth = Settle(items, (decision.AgentId, decision.Label));
        if (truth is null) return;
        Tell(decision, truth);
        quality.Add(decision, before);
    }

    /// <summary>Of one decision's items the one that tells the truth; null where none does.</summary>
    internal static FeedbackItem? Truth(IEnumerable<FeedbackItem> items) =>
        items.Where(i => FeedbackKinds.IsTruth(i.Kind)).Aggregate((FeedbackItem?)null, (a, b) => a is null || Order(a, b) < 0 ? b : a);

    /// <summary>Marks what is superseded, and joined, and answers the item that tells the truth.</summary>
    /// <param name="decision">Null while it is not known.</param>
    private FeedbackItem? Settle(IEnumerable<FeedbackItem> ofOneDecision, (Guid Agent, string? Answered)? decision)
    {
        FeedbackItem? truth = null;
        foreach (var kind in ofOneDecision.GroupBy(i => i.Kind))
        {
            var newest = kind.Aggregate((a, b) => Order(a, b) < 0 ? b : a);
            foreach (var item in kind)
            {
                if (FeedbackKinds.Supersedes(kind.Key)) item.Superseded = item != newest;
                if (decision is not { } met) continue;
                item.JoinedAt ??= time.GetUtcNow();
                (item.AgentId, item.Answered) = met;
            }

            if (FeedbackKinds.IsTruth(kind.Key) && (truth is null || Order(truth, newest) < 0)) truth = newest;
        }

        return truth;
    }

    private static void Tell(Decision decision, FeedbackItem? truth)
    {
        if (truth is null) return;
        decision.TrueLabel = LabelText.Of(truth.Value);
        decision.LabeledAt = truth.At;
    }

    /// <summary>
    /// Which was told later: by when it happened, then a correction before a label, then by arrival. Of the same identity, the
    /// arrival alone counts: the time is the same.
    /// </summary>
    private static int Order(FeedbackItem a, FeedbackItem b)
    {
        var order = a.At.CompareTo(b.At);
        if (order == 0) order = (a.Kind == FeedbackKinds.Correction).CompareTo(b.Kind == FeedbackKinds.Correction);
        if (order == 0) order = a.ReceivedAt.CompareTo(b.ReceivedAt);
        return order == 0 ? a.Id.CompareTo(b.Id) : order;
    }
}
