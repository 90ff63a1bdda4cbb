using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Live;

namespace Nexus.Data.Samples;

/// <summary>
/// Takes the sample workspace out of the database. First <see cref="TakeOutOfServiceAsync"/>, then, when nothing more is written
/// for it, <see cref="DeleteAsync"/>; both can be asked again after a kill. The ledger keeps all its entries, and gets one more.
/// </summary>
public sealed class SampleRemoval(IDbContextFactory<NexusDb> contexts, SampleMarks marks, AccountDirectory accounts, LiveEvents live)
{
    private const int AtOnce = 2000;
    private static readonly string[] Moved = ["agents", "models", "datasets", "pipelines", "runs", "approvals", SampleStore.Topic];

    /// <summary>What would stay if it went now.</summary>
    public async Task<IReadOnlyList<SampleStay>> StaysAsync(string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await SampleStays.FindAsync(db, name, ct);
    }

    /// <summary>Deletes the agent: from now on nothing is answered in its name. Its id is kept until its decisions are gone too.</summary>
    public async Task TakeOutOfServiceAsync(string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Agents.Where(a => a.Name == name).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct) is { } id)
        {
            await db.SampleWorkspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.RemovedAgent, id), ct);
            await db.Agents.Where(a => a.Id == id).ExecuteDeleteAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>The decisions of the agent that was taken out of service, with their feedback and minutes.</summary>
    /// <returns>Decisions and feedback items deleted.</returns>
    public async Task<(long Decisions, long Feedback)> DeleteDecisionsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.SampleWorkspaces.Select(w => w.RemovedAgent).FirstOrDefaultAsync(ct) is not { } agent) return (0, 0);
        var (decisions, feedback) = await DeleteOldestAsync(db, agent, keep: 0, ct);
        decisions += await db.DecisionArchives.Where(a => a.AgentId == agent).SumAsync(a => a.Rows, ct);
        await db.DecisionArchives.Where(a => a.AgentId == agent).ExecuteDeleteAsync(ct);
        feedback += await db.FeedbackItems.Where(f => f.AgentId == agent).ExecuteDeleteAsync(ct); // on those that had moved to the archive
        await db.MonitoringMinutes.Where(m => m.AgentId == agent).ExecuteDeleteAsync(ct);
        return (decisions, feedback);
    }

    /// <summary>Deletes an agent's decisions, oldest first, until so many are left.</summary>
    internal static async Task<(long Decisions, long Feedback)> DeleteOldestAsync(NexusDb db, Guid agent, int keep, CancellationToken ct)
    {
        var all = db.Decisions.Where(d => d.AgentId == agent);
        var (decisions, feedback) = (0L, 0L);
        if (await all.OrderByDescending(d => d.At).Skip(keep).Select(d => (DateTimeOffset?)d.At).FirstOrDefaultAsync(ct) is not { } last) return (0, 0);

        // Short transactions: others write meanwhile.
        while (await all.Where(d => d.At <= last).OrderBy(d => d.At).Select(d => (DateTimeOffset?)d.At).Take(AtOnce).MaxAsync(ct) is { } until)
        {
            var some = all.Where(d => d.At <= until);
            feedback += await db.FeedbackItems.Where(f => some.Select(d => d.Id).Contains(f.DecisionId)).ExecuteDeleteAsync(ct);
            decisions += await some.ExecuteDeleteAsync(ct);
        }

        return (decisions, feedback);
    }

    /// <summary>Keeps the newest decisions of the sample's agent; its minutes, and with them all charts, stay whole.</summary>
    public async Task<long> TrimAsync(Guid agent, int keep, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await DeleteOldestAsync(db, agent, keep, ct)).Decisions;
    }

    /// <summary>Deletes all rows but those that foreign things rest on, in one transaction with the entry that tells of it.</summary>
    public async Task<RemovedSample> DeleteAsync(string name, long decisions, long feedback, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var removed = await db.TransactAsync(
            async () =>
            {
                var stays = await SampleStays.FindAsync(db, name, ct);
                var counts = new SortedDictionary<string, long>(StringComparer.Ordinal) { ["agents"] = 1, ["decisions"] = decisions, ["feedback"] = feedback };
                await new SampleRows(db, name, counts).DeleteAsync(stays.Select(s => s.Subject).ToHashSet(StringComparer.Ordinal), ct);
                Ledger.Append(db, actor, "sample.removed", "sample/workspace", new { name, removed = counts, stays });
                await db.SaveChangesAsync(ct);
                return new RemovedSample(counts, stays);
            },
            ct);
        accounts.Forget();
        await marks.ReloadAsync(ct);
        foreach (var topic in Moved) live.Publish(topic, "changed");
        return removed;
    }
}
