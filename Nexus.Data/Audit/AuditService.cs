using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Identity;

namespace Nexus.Data.Audit;

/// <summary>Reading the ledger, and holding it to account.</summary>
public sealed class AuditService
{
    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly LedgerAuditor _auditor;
    private readonly CheckpointSigner _signer;
    private readonly LeafLog _leaves;

    internal AuditService(IDbContextFactory<NexusDb> contexts, LedgerAuditor auditor, CheckpointSigner signer, LeafLog leaves) =>
        (_contexts, _auditor, _signer, _leaves) = (contexts, auditor, signer, leaves);

    /// <summary>The key that checkpoints are signed by, as C2SP signed-note writes it; to be kept elsewhere.</summary>
    public string VerifierKey => _signer.Verifier;

    /// <summary>Newest first.</summary>
    public async Task<Page<AuditEntry>> ListAsync(AuditQuery query, PageRequest page, Actor actor, CancellationToken ct)
    {
        Demand(actor);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var entries = Filter(db.LedgerEntries.AsNoTracking(), query);
        if (page.Token is not null)
        {
            if (!long.TryParse(Keyset.DecodeText(page.Token), NumberStyles.None, CultureInfo.InvariantCulture, out var last))
                throw Refused.Malformed("pageToken is not a token of this list.");
            entries = entries.Where(e => e.Sequence < last);
        }

        var rows = await entries.OrderByDescending(e => e.Sequence).Take(page.Size + 1).ToListAsync(ct);
        var more = rows.Count > page.Size;
        if (more) rows.RemoveAt(page.Size);
        return new([.. rows.Select(AuditEntry.From)], more ? Keyset.EncodeText(rows[^1].Sequence.ToString(CultureInfo.InvariantCulture)) : null);
    }

    /// <summary>One entry, with the proof that the newest checkpoint covers it.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<AuditProof> ProveAsync(long sequence, Actor actor, CancellationToken ct)
    {
        Demand(actor);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var entry = await db.LedgerEntries.AsNoTracking().FirstOrDefaultAsync(e => e.Sequence == sequence, ct) ?? throw Refused.NotFound("entry", sequence);
        var checkpoint = await db.LedgerCheckpoints.AsNoTracking().Where(c => c.Size >= sequence).OrderByDescending(c => c.Size).FirstOrDefaultAsync(ct);
        var leaf = MerkleTree.LeafHash(entry.Canonical);
        var canonical = Encoding.UTF8.GetString(entry.Canonical);
        var all = await _leaves.ReadAsync(ct);
        if (checkpoint is null || all.Length < checkpoint.Size * MerkleTree.HashSize)
            return new(AuditEntry.From(entry), canonical, Convert.ToHexStringLower(leaf), null, null, false);

        var path = MerkleTree.InclusionProof((int)sequence - 1, all.AsSpan(0, (int)checkpoint.Size * MerkleTree.HashSize));
        var holds = MerkleTree.VerifyInclusion(sequence - 1, checkpoint.Size, leaf, path, Convert.FromBase64String(checkpoint.Root));
        return new(AuditEntry.From(entry), canonical, Convert.ToHexStringLower(leaf), [.. path.Select(Convert.ToHexStringLower)], CheckpointView.From(checkpoint), holds);
    }

    /// <summary>Walks over the whole ledger now.</summary>
    public Task<LedgerVerification> VerifyAsync(Actor actor, CancellationToken ct)
    {
        Demand(actor);
        return _auditor.VerifyAsync(ct);
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<CheckpointView>> CheckpointsAsync(PageRequest page, Actor actor, CancellationToken ct)
    {
        Demand(actor);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        return (await db.LedgerCheckpoints.AsNoTracking().ToPageAsync(c => c.CreatedAt, c => c.Id, page, ct)).Select(CheckpointView.From);
    }

    /// <returns>The newest checkpoint, and whether it was made now: where nothing was appended since, the one before stands.</returns>
    /// <exception cref="RefusedException">Conflict where the ledger is empty or broken.</exception>
    public Task<(CheckpointView Checkpoint, bool Made)> CheckpointAsync(Actor actor, CancellationToken ct)
    {
        Demand(actor);
        return _auditor.CheckpointAsync(ct);
    }

    private static void Demand(Actor actor)
    {
        if (!actor.Is(Role.Auditor)) actor.Demand(Role.Admin);
    }

    private static IQueryable<LedgerEntry> Filter(IQueryable<LedgerEntry> entries, AuditQuery query)
    {
        if (query.From is { } from) entries = entries.Where(e => e.At >= from);
        if (query.To is { } to) entries = entries.Where(e => e.At < to);
        if (query.Actor is { Length: > 0 } actor) entries = entries.Where(e => e.Actor == actor);
        if (query.Subject is not { Length: > 0 } subject) return entries;
        if (!subject.EndsWith('*')) return entries.Where(e => e.Subject == subject);
        var (first, end) = (subject[..^1], subject[..^1] + '\uffff');
        return entries.Where(e => string.Compare(e.Subject, first) >= 0 && string.Compare(e.Subject, end) < 0);
    }
}
