using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Live;
using Nexus.Data.Storage.Databases;

namespace Nexus.Data.Audit;

/// <summary>
/// Chains pending entries as the context saves. One writer at a time reads the head, numbers and hashes its entries and
/// commits them with the change; the database's turn and two unique indexes hold it across processes.
/// </summary>
public sealed class LedgerChain(TimeProvider time, LiveEvents live) : IDisposable
{
    /// <summary>What the first entry follows.</summary>
    public static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    // Waiting here is cheaper and fairer than waiting for the database.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Saves all that the context tracks, its ledger entries chained.</summary>
    internal async Task<int> SaveAsync(NexusDb db, List<LedgerEntry> pending, Func<Task<int>> save, CancellationToken ct)
    {
        if (db.HasTurn) return await ChainAndSaveAsync(db, pending, save, ct);

        int saved;
        await _turn.WaitAsync(ct);
        try
        {
            if (db.Database.CurrentTransaction is not null)
            {
                await db.TakeTurnAsync(Turn.Ledger, ct);
                saved = await ChainAndSaveAsync(db, pending, save, ct);
            }
            else
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                await db.TakeTurnAsync(Turn.Ledger, ct);
                saved = await ChainAndSaveAsync(db, pending, save, ct);
                await transaction.CommitAsync(ct);
            }
        }
        finally
        {
            _turn.Release();
        }

        live.Publish("ledger", "appended");
        return saved;
    }

    /// <summary>
    /// Takes the turn in the process first and the database's second, as every writer of the ledger does: a transaction opened
    /// the other way round would wait for a turn that waits for it.
    /// </summary>
    internal async Task<T> InTurnAsync<T>(NexusDb db, Func<Task<T>> work, CancellationToken ct)
    {
        T result;
        await _turn.WaitAsync(ct);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.TakeTurnAsync(Turn.Ledger, ct);
            db.HasTurn = true;
            result = await work();
            await transaction.CommitAsync(ct);
        }
        finally
        {
            db.HasTurn = false;
            _turn.Release();
        }

        live.Publish("ledger", "appended");
        return result;
    }

    /// <summary>The bytes that are hashed: one canonical JSON object, the previous hash among its members.</summary>
    internal static byte[] CanonicalBytes(LedgerEntry entry) => Encoding.UTF8.GetBytes(CanonicalJson.Write(new JsonObject
    {
        ["action"] = entry.Action,
        ["actor"] = entry.Actor,
        ["at"] = UtcMicroseconds.From(entry.At),
        ["detail"] = JsonNode.Parse(entry.Detail),
        ["keyMadeBy"] = entry.KeyMadeBy,
        ["previous"] = Convert.ToHexStringLower(entry.PreviousHash),
        ["sequence"] = entry.Sequence,
        ["subject"] = entry.Subject,
    }));

    public void Dispose() => _turn.Dispose();

    private async Task<int> ChainAndSaveAsync(NexusDb db, List<LedgerEntry> pending, Func<Task<int>> save, CancellationToken ct)
    {
        var head = await db.LedgerEntries.AsNoTracking().OrderByDescending(e => e.Sequence)
            .Select(e => new { e.Sequence, e.Hash }).FirstOrDefaultAsync(ct);
        var sequence = head?.Sequence ?? 0;
        var previous = head?.Hash ?? Genesis;
        var at = UtcMicroseconds.Truncate(time.GetUtcNow());
        foreach (var entry in pending)
        {
            (entry.Sequence, entry.At, entry.PreviousHash) = (++sequence, at, previous);
            entry.Canonical = CanonicalBytes(entry);
            entry.Hash = previous = SHA256.HashData(entry.Canonical);
            db.LedgerEntries.Add(entry);
        }

        return await save();
    }
}
