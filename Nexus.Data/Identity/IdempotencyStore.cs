using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Identity;

/// <summary>The first answers to requests that carried an Idempotency-Key, for <see cref="Lifetime"/>.</summary>
public sealed class IdempotencyStore(IDbContextFactory<NexusDb> contexts, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<(string Actor, string Key), byte> _inFlight = new();

    /// <summary>
    /// The row of this key. With an answer: it was kept. Without one: the key is taken until <see cref="KeepAsync"/>,
    /// <see cref="ReleaseAsync"/> or <see cref="Leave"/>, and the row may be that of a request that ended amidst its work,
    /// whose effect bears <see cref="IdempotentRequest.EffectId"/> where it came about.
    /// </summary>
    /// <exception cref="RefusedException">Conflict while another request with the key is under way.</exception>
    public async Task<IdempotentRequest> TakeAsync(string actor, string key, CancellationToken ct)
    {
        if (!_inFlight.TryAdd((actor, key), 0)) throw Busy();
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var now = time.GetUtcNow();
            var known = await db.IdempotentRequests.FirstOrDefaultAsync(r => r.Actor == actor && r.Key == key, ct);
            if (known is not null && known.CreatedAt > now - Lifetime)
            {
                if (known.Status is not null) Leave(actor, key);
                return known;
            }

            if (known is not null) db.IdempotentRequests.Remove(known);
            await db.SaveChangesAsync(ct);
            var row = new IdempotentRequest { Actor = actor, Key = key, CreatedAt = UtcMicroseconds.Truncate(now) };
            db.IdempotentRequests.Add(row);
            await db.SaveChangesAsync(ct);
            return row;
        }
        catch
        {
            Leave(actor, key);
            throw;
        }
    }

    /// <summary>Ends this attempt without an answer; whether anything was done is not known, so the row stays.</summary>
    public void Leave(string actor, string key) => _inFlight.TryRemove((actor, key), out _);

    /// <summary>Keeps the first answer.</summary>
    public async Task KeepAsync(IdempotentRequest answer, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.IdempotentRequests.Where(r => r.Actor == answer.Actor && r.Key == answer.Key).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.RequestDigest, answer.RequestDigest).SetProperty(r => r.Status, answer.Status)
                .SetProperty(r => r.ContentType, answer.ContentType).SetProperty(r => r.Location, answer.Location).SetProperty(r => r.Body, answer.Body),
            ct);
        Leave(answer.Actor, answer.Key);
    }

    /// <summary>Gives the key back: nothing was done under it.</summary>
    public async Task ReleaseAsync(string actor, string key)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await db.IdempotentRequests.Where(r => r.Actor == actor && r.Key == key).ExecuteDeleteAsync(CancellationToken.None);
        Leave(actor, key);
    }

    /// <summary>Forgets what is older than <see cref="Lifetime"/>.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - Lifetime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.IdempotentRequests.Where(r => r.CreatedAt < before).ExecuteDeleteAsync(ct);
    }

    private static RefusedException Busy() => Refused.Conflict("A request with this Idempotency-Key is still being answered.");
}
