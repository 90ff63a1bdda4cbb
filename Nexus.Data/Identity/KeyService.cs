using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;

namespace Nexus.Data.Identity;

/// <summary>API keys: one's own, and an Admin's for anybody.</summary>
public sealed class KeyService(IDbContextFactory<NexusDb> contexts, AccountDirectory directory, TimeProvider time)
{
    /// <summary>That work, of one person.</summary>
    public const int MaxKeys = 100;

    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(3653);

    /// <exception cref="RefusedException">Forbidden to others than the person and an Admin; NotFound; Invalid.</exception>
    public async Task<CreatedKey> CreateAsync(string userName, NewKey wanted, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var person = await OwnerAsync(db, userName, actor, ct);
        var now = time.GetUtcNow();
        var name = wanted.Name?.Trim() is { Length: > 0 and <= 100 } given && !given.Any(char.IsControl) ? given : throw Refused.Invalid("name", "A key has a name of 1 to 100 characters.");
        var expires = ExpiryOf(wanted, now, actor);
        if (await db.ApiKeys.CountAsync(k => k.PersonId == person.Id && k.RevokedAt == null && k.ExpiresAt > now, ct) >= MaxKeys)
            throw Refused.Conflict($"A person has at most {MaxKeys} keys that work. Revoke one that is not needed.");
        var roles = Grantable(await AccountDirectory.RolesOfAsync(db, person.Id, ct), wanted.Roles, actor);

        var secret = Secrets.New("nxs_");
        var key = new ApiKey
        {
            Id = Ids.New(time),
            PersonId = person.Id,
            Name = name,
            Prefix = secret[..12],
            Hash = Secrets.Hash(secret),
            Roles = KeyRoles.Write(roles),
            CreatedBy = actor.Name,
            CreatedAt = now,
            ExpiresAt = expires,
        };
        db.ApiKeys.Add(key);
        Ledger.Append(db, actor, "key.created", $"key/{key.Id}", new { person = person.UserName, name, prefix = key.Prefix, roles = roles.Order(), expiresAt = expires });
        await db.SaveChangesAsync(ct);
        return new(key.Id, secret, name, [.. roles.Order()], expires);
    }

    /// <summary>Newest first, revoked ones too.</summary>
    public async Task<Page<KeyView>> ListAsync(string userName, PageRequest page, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var person = await OwnerAsync(db, userName, actor, ct);
        var keys = await db.ApiKeys.AsNoTracking().Where(k => k.PersonId == person.Id).ToPageAsync(k => k.CreatedAt, k => k.Id, page, ct);
        return keys.Select(k => new KeyView(k.Id, k.Name, k.Prefix, [.. KeyRoles.Read(k.Roles)], k.CreatedBy, k.CreatedAt, k.ExpiresAt, k.RevokedAt, k.LastUsedAt));
    }

    /// <summary>In force at once. Revoking what is revoked changes nothing.</summary>
    public async Task RevokeAsync(string userName, Guid id, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var person = await OwnerAsync(db, userName, actor, ct);
        var key = await db.ApiKeys.FirstOrDefaultAsync(k => k.Id == id && k.PersonId == person.Id, ct) ?? throw Refused.NotFound("key", id);
        if (key.RevokedAt is not null) return;
        key.RevokedAt = time.GetUtcNow();
        Ledger.Append(db, actor, "key.revoked", $"key/{id}", new { person = person.UserName, name = key.Name, prefix = key.Prefix });
        await db.SaveChangesAsync(ct);
        directory.Forget();
    }

    private static async Task<Person> OwnerAsync(NexusDb db, string userName, Actor actor, CancellationToken ct)
    {
        if (!PersonService.IsSelf(userName, actor) && !actor.Is(Role.Admin)) throw Refused.Forbidden("Keys are their owner's and an Admin's.");
        var normalized = userName.ToUpperInvariant();
        return await db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.NormalizedUserName == normalized, ct) ?? throw Refused.NotFound("person", userName);
    }

    /// <summary>A key that an Admin's roles do not stand behind ends no later than the key that makes it: else it would be no end.</summary>
    private static DateTimeOffset ExpiryOf(NewKey wanted, DateTimeOffset now, Actor actor)
    {
        var parent = actor.Is(Role.Admin) ? null : actor.KeyExpiresAt;
        var usual = now + DefaultLifetime;
        var expires = UtcMicroseconds.Truncate(wanted.ExpiresAt ?? (parent < usual ? parent.Value : usual));
        if (expires <= now || expires > now + MaxLifetime) throw Refused.Invalid("expiresAt", "A key expires in the future, within ten years.");
        return expires <= parent || parent is null ? expires : throw Refused.Invalid("expiresAt", "A key that a key makes ends no later than it does. Sign in to make one that lasts longer.");
    }

    /// <summary>A key never grants more than its owner has, nor more than who makes it for themselves may do just now.</summary>
    private static HashSet<Role> Grantable(HashSet<Role> owned, IReadOnlyCollection<Role>? wanted, Actor actor)
    {
        if (!actor.Is(Role.Admin)) owned.IntersectWith(actor.Roles);
        if (wanted is null) return owned;
        if (wanted.Count == 0) throw Refused.Invalid("roles", "A key has at least one role.");
        var beyond = wanted.Except(owned).ToList();
        return beyond.Count == 0 ? [.. wanted] : throw Refused.Invalid("roles", $"A key has at most its owner's roles; {string.Join(", ", beyond)} is beyond them.");
    }
}
