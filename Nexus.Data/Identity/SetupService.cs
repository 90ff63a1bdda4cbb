using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;

namespace Nexus.Data.Identity;

/// <summary>Links that work once: for the first administrator, and for a person's first password.</summary>
public sealed class SetupService(IDbContextFactory<NexusDb> contexts, IPasswordHasher<Person> hasher, AccountDirectory directory, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>Puts a link beside the change; the token is to be shown once.</summary>
    internal string Add(NexusDb db, Guid? personId)
    {
        var token = Secrets.New("");
        var now = time.GetUtcNow();
        db.SetupLinks.Add(new() { Id = Ids.New(time), PersonId = personId, TokenHash = Secrets.Hash(token), CreatedAt = now, ExpiresAt = now + Lifetime });
        return token;
    }

    /// <summary>A link for the first administrator; null where a person with that role is there. Each node's works until one is used.</summary>
    public async Task<string?> AddFirstAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await HasAdminAsync(db, ct)) return null;
        var token = Add(db, personId: null);
        await db.SaveChangesAsync(ct);
        return token;
    }

    /// <summary>Voids the links for the first administrator, beside the change that makes one.</summary>
    internal static async Task VoidFirstAsync(NexusDb db, CancellationToken ct) =>
        db.SetupLinks.RemoveRange(await db.SetupLinks.Where(l => l.PersonId == null).ToListAsync(ct));

    /// <summary>A new link for a person who has lost theirs, or their password.</summary>
    public async Task<string> RenewAsync(string userName, Actor actor, CancellationToken ct)
    {
        actor.Demand(Role.Admin);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var normalized = userName.ToUpperInvariant();
        var person = await db.Users.FirstOrDefaultAsync(p => p.NormalizedUserName == normalized, ct) ?? throw Refused.NotFound("person", userName);
        if (person.UserName == AccountDirectory.BootstrapName) throw Refused.Conflict("The bootstrap account is ruled by the configuration.");
        db.SetupLinks.RemoveRange(await db.SetupLinks.Where(l => l.PersonId == person.Id).ToListAsync(ct));
        var token = Add(db, person.Id);
        Ledger.Append(db, actor, "person.setup-link-made", $"person/{person.UserName}");
        await db.SaveChangesAsync(ct);
        return token;
    }

    /// <returns>Whose link it is: a userName, or null for the first administrator, who is yet to be named.</returns>
    /// <exception cref="RefusedException">NotFound where the link is used, expired or none of ours.</exception>
    public async Task<string?> OwnerAsync(string token, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var link = await FindAsync(db, token, ct);
        return link.PersonId is { } id ? (await db.Users.AsNoTracking().FirstAsync(p => p.Id == id, ct)).UserName : null;
    }

    /// <summary>Uses the link up: makes the first administrator, or sets the person's password.</summary>
    /// <param name="userName">For the first administrator alone.</param>
    /// <returns>The userName to sign in with.</returns>
    /// <exception cref="RefusedException">NotFound for a link that does not work; Invalid; Conflict.</exception>
    public async Task<string> UseAsync(string token, string? userName, string password, PersonService people, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var link = await FindAsync(db, token, ct);
        db.SetupLinks.Remove(link); // two at once: the second finds nothing to remove and fails
        if (link.PersonId is null) await VoidFirstAsync(db, ct);
        string name;
        if (link.PersonId is { } id)
        {
            var person = await db.Users.FirstAsync(p => p.Id == id, ct);
            PasswordRule.Check(password, person.UserName!);
            person.PasswordHash = hasher.HashPassword(person, password);
            person.SecurityStamp = Secrets.New("");
            (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
            name = person.UserName!;
            Ledger.Append(db, new(name, new HashSet<Role>()), "person.password-set", $"person/{name}");
        }
        else
        {
            var first = new NewPerson(userName ?? "", userName ?? "", [Role.Admin], password);
            PersonService.Check(first);
            people.Add(db, first, new(first.UserName, new HashSet<Role>()));
            name = first.UserName;
        }

        await PersonService.SaveAsync(db, name, ct);
        directory.Forget();
        return name;
    }

    private async Task<SetupLink> FindAsync(NexusDb db, string token, CancellationToken ct)
    {
        var hash = Secrets.Hash(token);
        var now = time.GetUtcNow();
        var link = await db.SetupLinks.FirstOrDefaultAsync(l => l.TokenHash == hash && l.ExpiresAt > now, ct);
        return link is not null && (link.PersonId is not null || !await HasAdminAsync(db, ct))
            ? link
            : throw new RefusedException(RefusalKind.NotFound, "This link has been used, has expired, or is not whole.");
    }

    private static Task<bool> HasAdminAsync(NexusDb db, CancellationToken ct)
    {
        var admin = RoleRows.IdOf(Role.Admin);
        var bootstrap = AccountDirectory.BootstrapName;
        return db.UserRoles.Where(r => r.RoleId == admin).Join(db.Users, r => r.UserId, p => p.Id, (_, p) => p).AnyAsync(p => p.UserName != bootstrap, ct);
    }
}
