using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Identity;

/// <summary>The first answers to requests that carried an Idempotency-Key, for <see cref="Lifetime"/>.</summary>
public sealed class IdempotencyStore(IDbContextFactory<NexusDb> contexts, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<(string Actor, string Key), byte> _inFlight = new();
    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>Takes the key for a first request, until it is kept or released; or answers what was kept.</summary>
    /// <exception cref="RefusedException">Conflict while another request with the key is under way.</exception>
    public async Task<IdempotentRequest?> TakeAsync(string actor, string key, CancellationToken ct)
    {
        if (!_inFlight.TryAdd((actor, key), 0)) throw Busy();
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var now = time.GetUtcNow();
            var known = await db.IdempotentRequests.FirstOrDefaultAsync(r => r.Actor == actor && r.Key == key, ct);
            if (known is { Status: not null } && known.CreatedAt > now - Lifetime)
            {
                _inFlight.TryRemove((actor, key), out _);
                return known;
            }

            // Without an answer and from before this start: its process ended amidst it.
            if (known is not null && known.Status is null && known.CreatedAt >= _started) throw Busy();
            if (known is not null) db.IdempotentRequests.Remove(known);
            await db.SaveChangesAsync(ct);
            db.IdempotentRequests.Add(new() { Actor = actor, Key = key, CreatedAt = now });
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch
        {
            _inFlight.TryRemove((actor, key), out _);
            throw;
        }
    }

    /// <summary>Keeps the first answer.</summary>
    public async Task KeepAsync(IdempotentRequest answer, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.IdempotentRequests.Where(r => r.Actor == answer.Actor && r.Key == answer.Key).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.RequestDigest, answer.RequestDigest).SetProperty(r => r.Status, answer.Status)
                .SetProperty(r => r.ContentType, answer.ContentType).SetProperty(r => r.Location, answer.Location).SetProperty(r => r.Body, answer.Body),
            ct);
        _inFlight.TryRemove((answer.Actor, answer.Key), out _);
    }

    /// <summary>Gives the key back: nothing was done under it.</summary>
    public async Task ReleaseAsync(string actor, string key)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await db.IdempotentRequests.Where(r => r.Actor == actor && r.Key == key).ExecuteDeleteAsync(CancellationToken.None);
        _inFlight.TryRemove((actor, key), out _);
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
