using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Audit;

/// <summary>
/// Verifies the ledger, whole or onwards from what was verified before, and makes its checkpoints. A ledger that was found
/// broken gets no checkpoint: it would make the break look right.
/// </summary>
internal sealed class LedgerAuditor(
    IDbContextFactory<NexusDb> contexts, CheckpointStore checkpoints, CheckpointSigner signer, LeafLog leaves, LedgerHealth health, TimeProvider time) : IDisposable
{
    /// <summary>A checkpoint falls on every multiple of it.</summary>
    public const int CheckpointEvery = 64;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private LedgerScan _verified = new();
    private long? _checkpointed;

    /// <summary>Walks over all entries and holds them against all that is kept.</summary>
    public Task<LedgerVerification> VerifyAsync(CancellationToken ct) => InTurnAsync(() => WalkAllAsync(ct), ct);

    /// <summary>Takes in what was appended since, and makes the checkpoints that fall on it. Before the first whole walk, and after a break, nothing.</summary>
    public Task FollowAsync(CancellationToken ct) => InTurnAsync(
        async () =>
        {
            if (health.State is { At: not null, Broken: null }) await ExtendAsync(ct);
            return true;
        },
        ct);

    /// <summary>A checkpoint over all entries; the newest one where nothing was appended since.</summary>
    /// <exception cref="RefusedException">Conflict where the ledger is empty or broken.</exception>
    public Task<(CheckpointView Checkpoint, bool Made)> CheckpointAsync(CancellationToken ct) => InTurnAsync(
        async () =>
        {
            if (health.State.At is null) await WalkAllAsync(ct);
            else if (health.State.Broken is null) await ExtendAsync(ct);
            if (health.State.Broken is { } broken) throw Refused.Conflict($"The ledger is broken at entry {broken.Sequence}; a checkpoint would cover that.");
            if (_verified.Size == 0) throw Refused.Conflict("The ledger is empty.");
            var made = await KeepAsync(_verified, ct);
            return (CheckpointView.From((await checkpoints.LastAsync(ct))!), made);
        },
        ct);

    public void Dispose() => _turn.Dispose();

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<LedgerVerification> WalkAllAsync(CancellationToken ct)
    {
        var evidence = await LedgerEvidence.ReadAsync(checkpoints, signer, leaves, ct);
        var scan = new LedgerScan();
        using var fresh = new MemoryStream();
        var broken = await WalkAsync(
            scan,
            leaf =>
            {
                if (scan.Size > evidence.Leaves) fresh.Write(leaf);
                return Task.FromResult(evidence.Contradicts(scan, leaf));
            },
            ct);
        broken ??= evidence.EndsAt(scan.Size) ?? evidence.Broken;
        await ConcludeAsync(scan, broken, evidence.Leaves, fresh, ct);

        await using var db = await contexts.CreateDbContextAsync(ct);
        var entries = await db.LedgerEntries.CountAsync(ct);
        var head = await db.LedgerEntries.OrderByDescending(e => e.Sequence).Select(e => e.Hash).FirstOrDefaultAsync(ct) ?? LedgerChain.Genesis;
        var last = await checkpoints.LastAsync(ct);
        return new(broken is null, entries, Convert.ToHexStringLower(head), broken, last is null ? null : CheckpointView.From(last));
    }

    private async Task ExtendAsync(CancellationToken ct)
    {
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var head = await db.LedgerEntries.Where(e => e.Sequence == _verified.Size).Select(e => e.Hash).FirstOrDefaultAsync(ct) ?? LedgerChain.Genesis;
            if (!head.AsSpan().SequenceEqual(_verified.Head))
            {
                await WalkAllAsync(ct); // names what happened
                return;
            }
        }

        var scan = new LedgerScan(_verified);
        using var fresh = new MemoryStream();
        var broken = await WalkAsync(
            scan,
            async leaf =>
            {
                fresh.Write(leaf);
                if (scan.Size % CheckpointEvery == 0) await KeepAsync(scan, ct);
                return null;
            },
            ct);
        if (scan.Size > _verified.Size || broken is not null) await ConcludeAsync(scan, broken, _verified.Size, fresh, ct);
    }

    private async Task<BrokenEntry?> WalkAsync(LedgerScan scan, Func<byte[], Task<BrokenEntry?>> accepted, CancellationToken ct)
    {
        var from = scan.Size;
        await using var db = await contexts.CreateDbContextAsync(ct);
        try
        {
            await foreach (var entry in db.LedgerEntries.AsNoTracking().Where(e => e.Sequence > from).OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct))
            {
                if (scan.Accept(entry, out var leaf) is { } wrong) return new(Math.Min(entry.Sequence, scan.Size + 1), wrong);
                if (await accepted(leaf) is { } broken) return broken;
            }

            return null;
        }
        catch (Exception exception) when (exception is InvalidCastException or InvalidOperationException or ArgumentException or FormatException or OverflowException || db.Provider.IsDamage(exception))
        {
            return new(scan.Size + 1, "It cannot be read.");
        }
    }

    /// <summary>What is verified and new goes into the log of leaves; what is broken becomes known.</summary>
    private async Task ConcludeAsync(LedgerScan scan, BrokenEntry? broken, long logged, MemoryStream fresh, CancellationToken ct)
    {
        if (broken is null)
        {
            await leaves.WriteAsync(logged + 1, fresh.ToArray(), ct);
            _verified = scan;
        }

        health.Set(new(broken is null ? scan.Size : Math.Min(scan.Size, broken.Sequence - 1), time.GetUtcNow(), broken));
    }

    private async Task<bool> KeepAsync(LedgerScan scan, CancellationToken ct)
    {
        _checkpointed ??= (await checkpoints.LastAsync(ct))?.Size ?? 0;
        if (scan.Size <= _checkpointed) return false;
        var note = new CheckpointNote(CheckpointSigner.Origin, scan.Size, scan.Root());
        await checkpoints.KeepAsync(note, signer.Sign(note), ct);
        _checkpointed = scan.Size;
        return true;
    }
}
