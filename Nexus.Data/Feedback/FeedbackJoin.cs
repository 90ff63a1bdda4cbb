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
    /// <returns>The agents whose decisions learnt something.</returns>
    internal async Task<IReadOnlyCollection<Guid>> TellKnownAsync(NexusDb db, IReadOnlyCollection<FeedbackItem> items, CancellationToken ct)
    {
        var ids = items.Select(i => i.DecisionId).Distinct().ToList();
        var known = await db.Decisions.Where(d => ids.Contains(d.Id))
            .Select(d => new { d.Id, d.AgentId, d.At, d.ModelVersion, d.Variant, d.PlanRevision, d.Label, d.LatencyMicroseconds, d.TrueLabel, d.LabeledAt })
            .ToDictionaryAsync(d => d.Id, ct);
        var quality = new QualityDelta();
        foreach (var group in items.GroupBy(i => i.DecisionId))
        {
            var truth = Settle(group, joined: known.ContainsKey(group.Key));
            if (!known.TryGetValue(group.Key, out var was) || truth is null) continue;

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
        return [.. known.Values.Select(d => d.AgentId).Distinct()];
    }

    /// <summary>Marks what is superseded, and joined, and answers the item that tells the truth.</summary>
    private FeedbackItem? Settle(IEnumerable<FeedbackItem> ofOneDecision, bool joined = true)
    {
        FeedbackItem? truth = null;
        foreach (var kind in ofOneDecision.GroupBy(i => i.Kind))
        {
            var newest = kind.Aggregate((a, b) => Order(a, b) < 0 ? b : a);
            foreach (var item in kind)
            {
                if (FeedbackKinds.Supersedes(kind.Key)) item.Superseded = item != newest;
                if (joined) item.JoinedAt ??= time.GetUtcNow();
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
