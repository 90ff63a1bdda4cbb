using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

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

    private readonly ConcurrentDictionary<KeyDigest, (KeyGrant Grant, DateTimeOffset Until)> _keys = new();
    private readonly ConcurrentDictionary<Guid, (AccountState? State, DateTimeOffset Until)> _accounts = new();
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

        if (!_keys.TryGetValue(digest, out var known) || known.Until <= now)
        {
            if (await LoadKeyAsync(digest, now, ct) is not { } grant) return null;
            known = (grant, now);
        }

        if (known.Grant.ExpiresAt <= now) return null;
        known.Grant.Use(UtcMicroseconds.From(now));
        return known.Grant;
    }

    /// <summary>Null where there is no such person.</summary>
    public async ValueTask<AccountState?> FindAccountAsync(Guid personId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_accounts.TryGetValue(personId, out var known) && known.Until > now) return known.State;
        var changes = Volatile.Read(ref _changes);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var state = await db.Users.AsNoTracking().Where(p => p.Id == personId)
            .Select(p => new { p.UserName, p.SecurityStamp, p.DisabledAt }).FirstOrDefaultAsync(ct) is { } person
            ? new AccountState(personId, person.UserName!, person.SecurityStamp, await RolesOfAsync(db, personId, ct), person.DisabledAt is not null)
            : null;
        if (changes == Volatile.Read(ref _changes)) _accounts[personId] = (state, now + Lifetime);
        return state;
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
        foreach (var (grant, _) in _keys.Values)
        {
            var at = grant.TakeLastUsed();
            if (at > 0) uses.Add((grant.KeyId, UtcMicroseconds.To(at)));
        }

        return uses;
    }

    internal static async Task<HashSet<Role>> RolesOfAsync(NexusDb db, Guid personId, CancellationToken ct) =>
        [.. (await db.UserRoles.AsNoTracking().Where(r => r.UserId == personId).Select(r => r.RoleId).ToListAsync(ct)).Select(RoleRows.RoleOf)];

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
            return null;
        }

        var roles = await RolesOfAsync(db, found.PersonId, ct);
        roles.IntersectWith(KeyRoles.Read(found.Roles));
        var grant = new KeyGrant(found.Id, new(found.UserName!, roles, found.CreatedBy), found.ExpiresAt);
        if (changes == Volatile.Read(ref _changes)) _keys[digest] = (grant, now + Lifetime);
        return grant;
    }
}
