using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Live;

namespace Nexus.Data.Governance;

/// <summary>Reads approvals, and closes those that nobody decided in time.</summary>
public sealed class ApprovalInbox(IDbContextFactory<NexusDb> contexts, LiveEvents live, TimeProvider time)
{
    /// <summary>Approvals, newest first.</summary>
    /// <param name="state">Null for all.</param>
    public async Task<Page<ApprovalView>> ListAsync(ApprovalState? state, PageRequest request, CancellationToken ct)
    {
        await CloseExpiredAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var query = db.Approvals.AsNoTracking();
        if (state is { } wanted) query = query.Where(a => a.State == wanted);
        return (await query.ToPageAsync(a => a.CreatedAt, a => a.Id, request, ct)).Select(ApprovalView.From);
    }

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<ApprovalView> GetAsync(Guid id, CancellationToken ct)
    {
        await CloseExpiredAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return ApprovalView.From(await db.Approvals.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw Refused.NotFound("approval", id));
    }

    /// <summary>The open approval of a subject (<c>model/elec2@3</c>), if there is one.</summary>
    public async Task<ApprovalView?> PendingForAsync(string subject, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var approval = await db.Approvals.AsNoTracking()
            .FirstOrDefaultAsync(a => a.Subject == subject && a.State == ApprovalState.Pending && a.ExpiresAt > now, ct);
        return approval is null ? null : ApprovalView.From(approval);
    }

    /// <summary>What the ledger knows of the approval and of its subject, oldest first; the last 100 entries.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> HistoryAsync(ApprovalView approval, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = $"approval/{approval.Id}";
        var entries = await db.LedgerEntries.AsNoTracking().Where(e => e.Subject == own || e.Subject == approval.Subject)
            .OrderByDescending(e => e.Sequence).Take(100).ToListAsync(ct);
        entries.Reverse();
        return entries;
    }

    /// <summary>How many wait for a signature; changes are told on the topic <c>approvals</c>.</summary>
    public async Task<int> PendingCountAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        return await db.Approvals.CountAsync(a => a.State == ApprovalState.Pending && a.ExpiresAt > now, ct);
    }

    /// <summary>Closes what nobody decided in time. Reading does it too; a timer does it where nobody reads.</summary>
    public async Task CloseExpiredAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        if (!await db.Approvals.AnyAsync(a => a.State == ApprovalState.Pending && a.ExpiresAt <= now, ct)) return;

        var closed = await db.TransactAsync(
            async () =>
            {
                var expired = await db.Approvals.Where(a => a.State == ApprovalState.Pending && a.ExpiresAt <= now).ToListAsync(ct);
                foreach (var approval in expired)
                {
                    approval.Close(ApprovalState.Expired, now);
                    Ledger.Append(db, Actor.System, "approval.expired", $"approval/{approval.Id}", new { approval.Subject, approval.ExpiresAt });
                }

                await db.SaveChangesAsync(ct);
                return expired;
            },
            ct);
        foreach (var approval in closed) await TellAsync("expired", approval.Id, ct);
    }

    internal async Task TellAsync(string kind, Guid id, CancellationToken ct) =>
        live.Publish("approvals", kind, new { id, pending = await PendingCountAsync(ct) });
}
