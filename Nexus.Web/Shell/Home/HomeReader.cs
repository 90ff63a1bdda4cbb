using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Nexus.Data.Samples;
using Nexus.Web.Audit;

namespace Nexus.Web.Shell.Home;

/// <summary>Reads Home: the same number of queries whatever the portal holds.</summary>
public sealed class HomeReader(
    IDbContextFactory<NexusDb> contexts, ApprovalInbox approvals, EarlierRuns earlier, RunningRuns running, RunService runs, SampleStore samples)
{
    private const int Shown = 6;

    public async Task<HomeView> ReadAsync(Actor me, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var working = await running.ListAsync(Shown, ct);
        return new(
            me.Is(Role.Approver) ? (await approvals.ListAsync(ApprovalState.Pending, new PageRequest(20), ct)).Items : [],
            me.Is(Role.Engineer) ? await earlier.FailedAsync(10, ct) : [],
            working,
            working.Count > 0 ? [] : (await runs.ListAsync(new RunFilter(), new PageRequest(Shown), ct)).Items,
            me.Is(Role.Auditor) || me.Is(Role.Admin) ? await LedgerAsync(db, ct) : await ApprovalsAsync(db, ct),
            await samples.FindAsync(ct),
            !await db.Datasets.AnyAsync(ct) && !await db.Models.AnyAsync(ct) && !await db.Pipelines.AnyAsync(ct));
    }

    /// <summary>For whoever may read the ledger.</summary>
    private static async Task<IReadOnlyList<RecentItem>> LedgerAsync(NexusDb db, CancellationToken ct)
    {
        var entries = await db.LedgerEntries.AsNoTracking().OrderByDescending(e => e.Sequence).Take(Shown).ToListAsync(ct);
        var names = await NamesAsync(db, entries.Select(e => e.Actor), ct);
        return [.. entries.Select(e => RecentWords.Of(e, names(e.Actor)))];
    }

    /// <summary>For everybody else: what was asked for, and who decided.</summary>
    private static async Task<IReadOnlyList<RecentItem>> ApprovalsAsync(NexusDb db, CancellationToken ct)
    {
        var newest = await db.Approvals.AsNoTracking().OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id).Take(Shown)
            .Select(a => new { a.Id, a.Subject, a.State, a.RequestedBy, a.CreatedAt, a.DecidedBy, a.DecidedAt }).ToListAsync(ct);
        var names = await NamesAsync(db, newest.Select(a => a.RequestedBy).Concat(newest.Select(a => a.DecidedBy).OfType<string>()), ct);
        var asked = newest.Select(a => new RecentItem($"asked/{a.Id}", names(a.RequestedBy), $"asked for a signature on {AuditWords.Plain(a.Subject)}", $"approvals/{a.Id}", a.CreatedAt));
        var decided = newest.Where(a => a is { DecidedBy: not null, DecidedAt: not null })
            .Select(a => new RecentItem($"decided/{a.Id}", names(a.DecidedBy!), $"{a.State.ToString().ToLowerInvariant()} {AuditWords.Plain(a.Subject)}", $"approvals/{a.Id}", a.DecidedAt!.Value));
        return [.. asked.Concat(decided).OrderByDescending(i => i.At).Take(Shown)];
    }

    /// <summary>The names that people show; a userName where there is none.</summary>
    private static async Task<Func<string, string>> NamesAsync(NexusDb db, IEnumerable<string> userNames, CancellationToken ct)
    {
        var wanted = userNames.Select(n => n.ToUpperInvariant()).Distinct().ToList();
        var shown = await db.Users.AsNoTracking().Where(p => wanted.Contains(p.NormalizedUserName!))
            .ToDictionaryAsync(p => p.NormalizedUserName!, p => p.DisplayName, ct);
        return name => shown.GetValueOrDefault(name.ToUpperInvariant(), name == Actor.System.Name ? "The portal" : name);
    }
}
