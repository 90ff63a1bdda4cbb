using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Storage.Databases;

namespace Nexus.Data.Feedback;

/// <summary>Takes in what came back on decisions. What it acknowledges is committed and flushed to the device.</summary>
public sealed class FeedbackService(IDbContextFactory<NexusDb> contexts, FeedbackJoin join, ArchivedDecisions archive, LiveEvents live, TimeProvider time)
{
    /// <summary>At most so many items in one call.</summary>
    public const int MaxItems = 10_000;

    private const int Attempts = 5;
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(7);

    /// <summary>
    /// Stores the items in one transaction. One that is stored already counts once; a later label, correction or rating takes
    /// the place of the one before; a decision that is not known yet is joined when it turns up.
    /// </summary>
    public async Task AcceptAsync(IReadOnlyList<FeedbackInput> items, Actor actor, CancellationToken ct)
    {
        if (items.Count > MaxItems) throw Refused.TooLarge($"One call takes at most {MaxItems:N0} items.");
        if (items.Count == 0) return;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StoreAsync(items, actor, ct);
                return;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another call stored one of the same identity in between: seen from the start, it is a repeat.
            }
        }
    }

    /// <summary>Joins what waits for decisions that have turned up meanwhile. What waited longer than a week is given up.</summary>
    /// <returns>How many items were joined.</returns>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var since = time.GetUtcNow() - GiveUpAfter;
        var decisions = await db.FeedbackItems
            .Where(i => i.JoinedAt == null && i.ReceivedAt >= since && db.Decisions.Any(d => d.Id == i.DecisionId))
            .OrderBy(i => i.ReceivedAt).Select(i => i.DecisionId).Take(MaxItems).ToListAsync(ct);
        if (decisions.Count == 0) return 0;

        // The search took no lock; only what it found is looked at again under one.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TakeTurnAsync(Turn.Decisions, ct);
        var joined = await join.SweepAsync(db, [.. decisions.Distinct()], ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return joined;
    }

    private async Task StoreAsync(IReadOnlyList<FeedbackInput> items, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = items.Select(i => i.DecisionId).Distinct().ToList();
        var archived = (await archive.FindAsync(db, ids, ct)).ToDictionary(d => d.Id); // before the turn: it may read files
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TakeTurnAsync(Turn.Decisions, ct);
        await FindMovedAsync(db, ids, archived, ct);
        var all = await db.FeedbackItems.Where(i => ids.Contains(i.DecisionId)).ToListAsync(ct);
        var byIdentity = all.ToDictionary(i => i.Identity);
        var now = UtcMicroseconds.Truncate(time.GetUtcNow());
        var changed = new HashSet<Guid>();
        var retired = new List<FeedbackItem>();

        foreach (var (index, input) in items.Index())
        {
            var source = input.Source ?? actor.Name;
            var identity = Identity(input, source);
            if (byIdentity.TryGetValue(identity, out var same))
            {
                if (same.Value == input.Value || !FeedbackKinds.Supersedes(input.Kind)) continue;
                same.Identity = CanonicalJson.Digest($"{identity}|{same.Id:N}");
                retired.Add(same);
            }

            // A microsecond apart: of two in one call, the second is the later.
            var received = now.AddMicroseconds(index);
            var item = new FeedbackItem
            {
                Id = Guid.CreateVersion7(received),
                DecisionId = input.DecisionId,
                Kind = input.Kind,
                Value = input.Value,
                At = input.At ?? received,
                ReceivedAt = received,
                Source = source,
                Identity = identity,
            };
            byIdentity[identity] = item;
            all.Add(item);
            changed.Add(item.DecisionId);
        }

        if (changed.Count == 0) return;

        // The unique index is checked row by row: the old owners of an identity leave it before the new ones take it.
        if (retired.Count > 0) await db.SaveChangesAsync(ct);
        var touched = all.Where(i => changed.Contains(i.DecisionId)).ToList();
        db.FeedbackItems.AddRange(touched.Where(i => db.Entry(i).State == EntityState.Detached));
        var agents = await join.TellKnownAsync(db, touched, ct, archived);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await PublishAsync(db, agents, ct);
    }

    /// <summary>What moved to the archive between the look into it and the turn. Only old decisions move: for others nothing is asked.</summary>
    private async Task FindMovedAsync(NexusDb db, List<Guid> ids, Dictionary<Guid, Decision> archived, CancellationToken ct)
    {
        var old = time.GetUtcNow().AddDays(1 - DecisionOptions.LeastKeepDays);
        var unseen = ids.Where(id => Ids.TimeOf(id) < old && !archived.ContainsKey(id)).ToList();
        if (unseen.Count == 0) return;
        var stay = await db.Decisions.Where(d => unseen.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct);
        foreach (var moved in await archive.FindAsync(db, [.. unseen.Except(stay)], ct)) archived[moved.Id] = moved;
    }

    private async Task PublishAsync(NexusDb db, IReadOnlyCollection<Guid> agents, CancellationToken ct)
    {
        var names = await db.Agents.Where(a => agents.Contains(a.Id)).Select(a => a.Name).ToListAsync(ct);
        foreach (var name in names) live.Publish($"agent:{name}", "feedback");
    }

    /// <summary>What makes two items the same: decision, kind, source, the time if told, the value of a click or session.</summary>
    private static string Identity(FeedbackInput input, string source)
    {
        var at = input.At is { } told ? UtcMicroseconds.From(told) : (long?)null;
        var value = FeedbackKinds.Supersedes(input.Kind) ? null : input.Value;
        return CanonicalJson.Digest(CanonicalJson.Write(new { input.DecisionId, input.Kind, source, at, value }));
    }
}
