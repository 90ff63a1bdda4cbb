using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data.Storage.Health;

namespace Nexus.Data.Identity;

/// <summary>
/// Who a key or session is, from memory: a request costs no read of the database. What changes in this process counts at
/// once; what another process changed, within <see cref="Lifetime"/>.
/// </summary>
public sealed class AccountDirectory(IDbContextFactory<NexusDb> contexts, TimeProvider time, IOptions<NexusOptions> options)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>The account that the key of <see cref="NexusOptions.BootstrapApiKey"/> belongs to.</summary>
    public const string BootstrapName = "bootstrap";

    /// <summary>While the database does not answer, what was last known counts on for this long.</summary>
    public static readonly TimeSpan StaleLifetime = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<KeyDigest, Known<KeyGrant?>> _keys = new();
    private readonly ConcurrentDictionary<KeyDigest, byte> _good = new(); // outlives what Forget clears; no more than there are keys
    private readonly ConcurrentDictionary<Guid, Known<AccountState?>> _accounts = new();
    private readonly byte[]? _bootstrap = options.Value.BootstrapApiKey is { } key ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;
    private readonly KeyGrant _bootstrapGrant = new(Guid.Empty, new(BootstrapName, Enum.GetValues<Role>().ToHashSet(), BootstrapName), DateTimeOffset.MaxValue);
    private int _changes;

    /// <summary>Null where the key is unknown, expired or revoked, or its owner is disabled.</summary>
    public async ValueTask<KeyGrant?> FindKeyAsync(string key, CancellationToken ct)
    {
        if (key.Length is < 16 or > 512) return null;
        var digest = KeyDigest.Of(key);
        var now = time.GetUtcNow();
        if (_bootstrap is not null && digest.FixedTimeEquals(_bootstrap)) return _bootstrapGrant;

        KeyGrant? grant;
        if (_keys.TryGetValue(digest, out var known)) grant = IsFresh(known.ReadAt, known.TriedAt) ? known.Value : await AgainAsync(known, () => LoadKeyAsync(digest, now, ct));
        else grant = await LoadKeyAsync(digest, now, ct);
        if (grant is null || grant.ExpiresAt <= now) return null;
        grant.Use(UtcMicroseconds.From(now));
        return grant;
    }

    /// <summary>Whether the key was good when last looked at; of any other nobody can say without the database.</summary>
    public bool Knows(string key)
    {
        if (key.Length is < 16 or > 512) return false;
        var digest = KeyDigest.Of(key);
        return (_bootstrap is not null && digest.FixedTimeEquals(_bootstrap)) || _good.ContainsKey(digest);
    }

    /// <summary>
    /// A ticket for a key that is in memory, so that whoever keeps the key beside it need not digest it for each request. Null
    /// where it is not in memory: <see cref="FindKeyAsync"/> says whether it is any.
    /// </summary>
    public KeyTicket? TicketOf(string key)
    {
        if (key.Length is < 16 or > 512) return null;
        var changes = Volatile.Read(ref _changes);
        var digest = KeyDigest.Of(key);
        if (_bootstrap is not null && digest.FixedTimeEquals(_bootstrap)) return new(_bootstrapGrant, changes, long.MaxValue);
        return _keys.TryGetValue(digest, out var known) && known.Value is { } grant ? new(grant, changes, known.ReadAt) : null;
    }

    /// <summary>Whether the ticket's key counts as it did: nothing has changed since, and it has not expired.</summary>
    public bool Holds(KeyTicket ticket)
    {
        var now = time.GetUtcNow();
        if (ticket.Changes != Volatile.Read(ref _changes) || time.GetElapsedTime(ticket.ReadAt) >= Lifetime || ticket.Grant.ExpiresAt <= now) return false;
        ticket.Grant.Use(UtcMicroseconds.From(now));
        return true;
    }

    /// <summary>Null where there is no such person.</summary>
    public async ValueTask<AccountState?> FindAccountAsync(Guid personId, CancellationToken ct)
    {
        if (!_accounts.TryGetValue(personId, out var known)) return await LoadAccountAsync(personId, ct);
        return IsFresh(known.ReadAt, known.TriedAt) ? known.Value : await AgainAsync(known, () => LoadAccountAsync(personId, ct));
    }

    /// <summary>Call after a person or key has changed and the change is committed.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _changes);
        _keys.Clear();
        _accounts.Clear();
    }

    /// <summary>When keys were used since this was last asked.</summary>
    internal List<(Guid KeyId, DateTimeOffset At)> TakeUses()
    {
        var uses = new List<(Guid, DateTimeOffset)>();
        foreach (var known in _keys.Values)
        {
            if (known.Value is not { } grant) continue;
            var at = grant.TakeLastUsed();
            if (at > 0) uses.Add((grant.KeyId, UtcMicroseconds.To(at)));
        }

        return uses;
    }

    internal static async Task<HashSet<Role>> RolesOfAsync(NexusDb db, Guid personId, CancellationToken ct) =>
        [.. (await db.UserRoles.AsNoTracking().Where(r => r.UserId == personId).Select(r => r.RoleId).ToListAsync(ct)).Select(RoleRows.RoleOf)];

    /// <summary>By the time that passed, not by the clock, which may be set back.</summary>
    private bool IsFresh(long readAt, long triedAt) => time.GetElapsedTime(readAt) < Lifetime || (triedAt != 0 && time.GetElapsedTime(triedAt) < Lifetime / 6);

    /// <summary>Reads it again, and keeps to what was known where the database does not answer.</summary>
    private async Task<T> AgainAsync<T>(Known<T> known, Func<Task<T>> load)
    {
        try
        {
            // The load may block its thread: SQLite waits for a lock.
            return await Task.Run(load).WaitAsync(Patience, time);
        }
        catch (Exception e) when ((e is TimeoutException || Outage.Of(e) is not null) && time.GetElapsedTime(known.ReadAt) < StaleLifetime)
        {
            known.TriedAt = time.GetTimestamp();
            return known.Value;
        }
    }

    private async Task<AccountState?> LoadAccountAsync(Guid personId, CancellationToken ct)
    {
        var changes = Volatile.Read(ref _changes);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var state = await db.Users.AsNoTracking().Where(p => p.Id == personId)
            .Select(p => new { p.UserName, p.SecurityStamp, p.DisabledAt }).FirstOrDefaultAsync(ct) is { } person
            ? new AccountState(personId, person.UserName!, person.SecurityStamp, await RolesOfAsync(db, personId, ct), person.DisabledAt is not null)
            : null;
        if (changes == Volatile.Read(ref _changes)) _accounts[personId] = new(state, time.GetTimestamp());
        return state;
    }

    private async Task<KeyGrant?> LoadKeyAsync(KeyDigest digest, DateTimeOffset now, CancellationToken ct)
    {
        var changes = Volatile.Read(ref _changes);
        var hash = digest.ToString();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.ApiKeys.AsNoTracking().Where(k => k.Hash == hash && k.RevokedAt == null && k.ExpiresAt > now)
            .Join(db.Users.Where(p => p.DisabledAt == null), k => k.PersonId, p => p.Id, (k, p) => new { k.Id, k.PersonId, k.Roles, k.CreatedBy, k.ExpiresAt, p.UserName })
            .FirstOrDefaultAsync(ct);
        if (found is null)
        {
            _keys.TryRemove(digest, out _);
            _good.TryRemove(digest, out _);
            return null;
        }

        var roles = await RolesOfAsync(db, found.PersonId, ct);
        roles.IntersectWith(KeyRoles.Read(found.Roles));
        var grant = new KeyGrant(found.Id, new(found.UserName!, roles, found.CreatedBy, found.ExpiresAt), found.ExpiresAt);
        if (changes == Volatile.Read(ref _changes)) _keys[digest] = new(grant, time.GetTimestamp());
        _good[digest] = 0;
        return grant;
    }

    /// <param name="readAt">As <see cref="TimeProvider.GetTimestamp"/> tells it.</param>
    private sealed class Known<T>(T value, long readAt)
    {
        public T Value { get; } = value;

        public long ReadAt { get; } = readAt;

        /// <summary>When it was last read in vain; 0 for never.</summary>
        public long TriedAt { get; set; }
    }
}
