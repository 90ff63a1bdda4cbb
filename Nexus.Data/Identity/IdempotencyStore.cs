using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Data.Nodes;
using Nexus.Data.Storage;

namespace Nexus.Data.Identity;

/// <summary>
/// The first answers to requests that carried an Idempotency-Key, for <see cref="Lifetime"/>. One attempt at a time has a key, over all
/// nodes: its row names attempt and node, and is another's only once that attempt has ended or that node is gone.
/// </summary>
public sealed partial class IdempotencyStore(
    IDbContextFactory<NexusDb> contexts, NodeIdentity identity, NodeRegister nodes, TimeProvider time, ILogger<IdempotencyStore> logger)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>What this node answers: sooner looked up than a row, and right also where the row could not be written when it ended.</summary>
    private readonly ConcurrentDictionary<(string Actor, string Key), byte> _inFlight = new();

    /// <summary>
    /// The row of this key. With an answer: it was kept. Without one: the key is taken until <see cref="KeepAsync"/>,
    /// <see cref="ReleaseAsync"/> or <see cref="LeaveAsync"/>, and the row may be that of a request that ended amidst its work,
    /// whose effect bears <see cref="IdempotentRequest.EffectId"/> where it came about.
    /// </summary>
    /// <exception cref="RefusedException">Conflict while another request with the key is under way, on any node.</exception>
    public async Task<IdempotentRequest> TakeAsync(string actor, string key, CancellationToken ct)
    {
        if (!_inFlight.TryAdd((actor, key), 0)) throw Busy();
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var now = time.GetUtcNow();
            var row = await db.IdempotentRequests.FirstOrDefaultAsync(r => r.Actor == actor && r.Key == key, ct);
            if (row is not null && row.CreatedAt <= now - Lifetime)
            {
                db.IdempotentRequests.Remove(row);
                await db.SaveChangesAsync(ct);
                row = null;
            }

            if (row is { Status: not null })
            {
                End(row);
                return row;
            }

            if (row?.Node is { } node && node != identity.Id && await nodes.MayLiveAsync(node, ct)) throw Busy();
            if (row is null) db.IdempotentRequests.Add(row = new() { Actor = actor, Key = key, CreatedAt = UtcMicroseconds.Truncate(now) });
            (row.Attempt, row.Node) = (Guid.NewGuid(), identity.Id);
            await db.SaveChangesAsync(ct);
            return row;
        }
        catch (Exception failure)
        {
            _inFlight.TryRemove((actor, key), out _);
            if (failure is DbUpdateException lost && (lost is DbUpdateConcurrencyException || UniqueViolation.Is(lost))) throw Busy();
            throw;
        }
    }

    /// <summary>Ends this attempt without an answer; whether anything was done is not known, so the row stays.</summary>
    public Task LeaveAsync(IdempotentRequest taken) =>
        EndAsync(taken, mine => mine.ExecuteUpdateAsync(set => set.SetProperty(r => r.Node, (Guid?)null)));

    /// <summary>Keeps the first answer.</summary>
    /// <param name="answer">Of the attempt that has the key; another's row is left as it is. From here on nobody takes it, either.</param>
    public async Task KeepAsync(IdempotentRequest answer, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await Mine(db, answer).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Attempt, Guid.NewGuid()).SetProperty(r => r.RequestDigest, answer.RequestDigest).SetProperty(r => r.Status, answer.Status)
                .SetProperty(r => r.ContentType, answer.ContentType).SetProperty(r => r.Location, answer.Location).SetProperty(r => r.Body, answer.Body)
                .SetProperty(r => r.Node, (Guid?)null),
            ct);
        End(answer);
    }

    /// <summary>Gives the key back: nothing was done under it.</summary>
    public Task ReleaseAsync(IdempotentRequest taken) => EndAsync(taken, mine => mine.ExecuteDeleteAsync());

    /// <summary>Forgets what is older than <see cref="Lifetime"/>.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - Lifetime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.IdempotentRequests.Where(r => r.CreatedAt < before).ExecuteDeleteAsync(ct);
    }

    /// <summary>The attempt has ended, also where the database cannot be told; its caller is owed what it ended with.</summary>
    private async Task EndAsync(IdempotentRequest taken, Func<IQueryable<IdempotentRequest>, Task> write)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            await write(Mine(db, taken));
        }
        catch (Exception failure)
        {
            Log.NotTold(logger, failure);
        }
        finally
        {
            End(taken);
        }
    }

    private void End(IdempotentRequest taken) => _inFlight.TryRemove((taken.Actor, taken.Key), out _);

    private static IQueryable<IdempotentRequest> Mine(NexusDb db, IdempotentRequest taken) =>
        db.IdempotentRequests.Where(r => r.Actor == taken.Actor && r.Key == taken.Key && r.Attempt == taken.Attempt);

    private static RefusedException Busy() => Refused.Conflict("A request with this Idempotency-Key is still being answered.");

    private static partial class Log
    {
        [LoggerMessage(1826, LogLevel.Warning, "That a request with an Idempotency-Key has ended could not be written; its key is this node's until then")]
        public static partial void NotTold(ILogger logger, Exception failure);
    }
}
