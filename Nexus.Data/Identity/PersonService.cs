using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Storage;

namespace Nexus.Data.Identity;

/// <summary>The people of the portal: making, roles, passwords, disabling. Each change is an entry of the ledger.</summary>
public sealed partial class PersonService(
    IDbContextFactory<NexusDb> contexts, IPasswordHasher<Person> hasher, AccountDirectory directory, SetupService setup, TimeProvider time)
{
    /// <summary>Names that the portal itself acts under.</summary>
    private static readonly string[] Reserved = ["system", "anonymous", AccountDirectory.BootstrapName];

    /// <exception cref="RefusedException">Invalid; Conflict where the name is taken.</exception>
    public async Task<CreatedPerson> CreateAsync(NewPerson wanted, Actor actor, CancellationToken ct)
    {
        actor.Demand(Role.Admin);
        Check(wanted);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var person = Add(db, wanted, actor);
        var token = wanted.Password is null ? setup.Add(db, person.Id) : null;
        if (wanted.Roles.Contains(Role.Admin)) await SetupService.VoidFirstAsync(db, ct);
        await SaveAsync(db, wanted.UserName, ct);
        return new((await ViewsAsync(db, db.Users.Where(p => p.Id == person.Id), ct)).Single(), token);
    }

    /// <summary>By name.</summary>
    public async Task<Page<PersonView>> ListAsync(PageRequest page, Actor actor, CancellationToken ct)
    {
        actor.Demand(Role.Admin);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var names = await db.Users.AsNoTracking().Select(p => p.NormalizedUserName!).ToPageByNameAsync(name => name, page, ct);
        var views = await ViewsAsync(db, db.Users.Where(p => names.Items.Contains(p.NormalizedUserName!)), ct);
        return new([.. views.OrderBy(v => v.UserName.ToUpperInvariant(), StringComparer.Ordinal)], names.NextPageToken);
    }

    /// <summary>A person's own view of themselves, or an Admin's of anybody.</summary>
    /// <exception cref="RefusedException">Forbidden to others; NotFound.</exception>
    public async Task<PersonView> GetAsync(string userName, Actor actor, CancellationToken ct)
    {
        if (!IsSelf(userName, actor)) actor.Demand(Role.Admin);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var normalized = userName.ToUpperInvariant();
        return (await ViewsAsync(db, db.Users.Where(p => p.NormalizedUserName == normalized), ct)).FirstOrDefault()
            ?? throw Refused.NotFound("person", userName);
    }

    /// <exception cref="RefusedException">Invalid where no role is given; Conflict where it would be one's own Admin.</exception>
    public Task SetRolesAsync(string userName, IReadOnlyCollection<Role> roles, Actor actor, CancellationToken ct) =>
        ChangeAsync(userName, actor, "person.roles-changed", async (db, person) =>
        {
            CheckRoles(roles);
            var before = await AccountDirectory.RolesOfAsync(db, person.Id, ct);
            if (IsSelf(person.UserName!, actor) && !roles.Contains(Role.Admin)) throw Refused.Conflict("Nobody takes the Admin role from themselves.");
            if (roles.Contains(Role.Admin)) await SetupService.VoidFirstAsync(db, ct);
            db.UserRoles.RemoveRange(before.Except(roles).Select(role => RowOf(person.Id, role)));
            db.UserRoles.AddRange(roles.Except(before).Select(role => RowOf(person.Id, role)));
            return new { before = before.Order(), after = roles.Distinct().Order() };
        }, ct);

    /// <summary>Lets a person and their keys in no longer; sessions end at once.</summary>
    public Task DisableAsync(string userName, Actor actor, CancellationToken ct) =>
        ChangeAsync(userName, actor, "person.disabled", (_, person) =>
        {
            if (IsSelf(person.UserName!, actor)) throw Refused.Conflict("Nobody disables themselves.");
            person.DisabledAt ??= time.GetUtcNow();
            return Task.FromResult<object>(new { });
        }, ct);

    public Task EnableAsync(string userName, Actor actor, CancellationToken ct) =>
        ChangeAsync(userName, actor, "person.enabled", (_, person) =>
        {
            person.DisabledAt = null;
            return Task.FromResult<object>(new { });
        }, ct);

    /// <summary>An Admin's: ends a lockout too.</summary>
    public Task ResetPasswordAsync(string userName, string password, Actor actor, CancellationToken ct) =>
        ChangeAsync(userName, actor, "person.password-reset", (_, person) =>
        {
            PasswordRule.Check(password, person.UserName!);
            person.PasswordHash = hasher.HashPassword(person, password);
            (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
            return Task.FromResult<object>(new { });
        }, ct);

    /// <summary>The first administrator or a seeded account; who calls this has decided that it may be.</summary>
    internal Person Add(NexusDb db, NewPerson wanted, Actor actor)
    {
        var person = new Person
        {
            Id = Ids.New(time),
            UserName = wanted.UserName,
            NormalizedUserName = wanted.UserName.ToUpperInvariant(),
            Email = wanted.UserName.Contains('@', StringComparison.Ordinal) ? wanted.UserName : null,
            NormalizedEmail = wanted.UserName.Contains('@', StringComparison.Ordinal) ? wanted.UserName.ToUpperInvariant() : null,
            DisplayName = string.IsNullOrWhiteSpace(wanted.DisplayName) ? wanted.UserName : wanted.DisplayName.Trim(),
            CreatedAt = time.GetUtcNow(),
            SecurityStamp = Secrets.New(""),
            LockoutEnabled = true,
        };
        if (wanted.Password is not null) person.PasswordHash = hasher.HashPassword(person, wanted.Password);
        db.Users.Add(person);
        db.UserRoles.AddRange(wanted.Roles.Distinct().Select(role => RowOf(person.Id, role)));
        Ledger.Append(db, actor, "person.created", $"person/{person.UserName}", new { displayName = person.DisplayName, roles = wanted.Roles.Distinct().Order() });
        return person;
    }

    /// <exception cref="RefusedException">Invalid.</exception>
    internal static void Check(NewPerson wanted)
    {
        if (wanted.UserName is null || !UserNameForm().IsMatch(wanted.UserName))
            throw Refused.Invalid("userName", "A user name has 1 to 128 letters, digits and . _ @ + -, and begins with a letter or digit.");
        if (Reserved.Contains(wanted.UserName, StringComparer.OrdinalIgnoreCase)) throw Refused.Invalid("userName", $"'{wanted.UserName}' is the portal's own.");
        if (wanted.DisplayName is { } shown && (shown.Length > 200 || shown.Any(char.IsControl)))
            throw Refused.Invalid("displayName", "A display name has at most 200 characters, none of them a control character.");
        CheckRoles(wanted.Roles);
        if (wanted.Password is not null) PasswordRule.Check(wanted.Password, wanted.UserName);
    }

    internal static async Task SaveAsync(NexusDb db, string userName, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Is(exception))
        {
            throw Refused.Conflict($"There is a person '{userName}' already.");
        }
    }

    internal static bool IsSelf(string userName, Actor actor) => string.Equals(userName, actor.Name, StringComparison.OrdinalIgnoreCase);

    private static void CheckRoles(IReadOnlyCollection<Role>? roles)
    {
        if (roles is not { Count: > 0 } || !roles.All(Enum.IsDefined))
            throw Refused.Invalid("roles", $"At least one role of {string.Join(", ", Enum.GetNames<Role>())}.");
    }

    private static IdentityUserRole<Guid> RowOf(Guid person, Role role) => new() { UserId = person, RoleId = RoleRows.IdOf(role) };

    private static async Task<List<PersonView>> ViewsAsync(NexusDb db, IQueryable<Person> people, CancellationToken ct)
    {
        var rows = await people.AsNoTracking()
            .Select(p => new { p.Id, p.UserName, p.DisplayName, HasPassword = p.PasswordHash != null, p.CreatedAt, p.DisabledAt, Roles = db.UserRoles.Where(r => r.UserId == p.Id).Select(r => r.RoleId).ToList() })
            .ToListAsync(ct);
        return [.. rows.Select(p => new PersonView(p.Id, p.UserName!, p.DisplayName, [.. p.Roles.Select(RoleRows.RoleOf).Order()], p.HasPassword, p.CreatedAt, p.DisabledAt))];
    }

    private async Task ChangeAsync(string userName, Actor actor, string action, Func<NexusDb, Person, Task<object>> change, CancellationToken ct)
    {
        actor.Demand(Role.Admin);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var normalized = userName.ToUpperInvariant();
        var person = await db.Users.FirstOrDefaultAsync(p => p.NormalizedUserName == normalized, ct) ?? throw Refused.NotFound("person", userName);
        if (person.UserName == AccountDirectory.BootstrapName) throw Refused.Conflict("The bootstrap account is ruled by the configuration.");
        var detail = await change(db, person);
        person.SecurityStamp = Secrets.New("");
        person.ConcurrencyStamp = Guid.NewGuid().ToString(); // two at once, of what other tables hold too: the second is refused
        Ledger.Append(db, actor, action, $"person/{person.UserName}", detail);
        await db.SaveChangesAsync(ct);
        directory.Forget();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex UserNameForm();
}
