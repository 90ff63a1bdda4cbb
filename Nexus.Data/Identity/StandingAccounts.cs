using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data.Storage;

namespace Nexus.Data.Identity;

/// <summary>Accounts that exist before anybody signs in.</summary>
public sealed class StandingAccounts(IDbContextFactory<NexusDb> contexts, PersonService people, IOptions<NexusOptions> options)
{
    private static readonly (string Name, string DisplayName, Role[] Roles)[] Development =
    [
        ("engineer", "Engineer", [Role.Engineer]),
        ("labeler", "Labeler", [Role.Labeler]),
        ("approver", "Approver", [Role.Approver]),
        ("admin", "Administrator", [Role.Admin]),
    ];

    /// <summary>Where a bootstrap key is set, its account is there, with every role and no password.</summary>
    public async Task EnsureBootstrapAsync(CancellationToken ct)
    {
        if (options.Value.BootstrapApiKey is null) return;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Users.AnyAsync(p => p.UserName == AccountDirectory.BootstrapName, ct)) return;
        people.Add(db, new(AccountDirectory.BootstrapName, "Bootstrap key", Enum.GetValues<Role>()), Actor.System);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException taken) when (UniqueViolation.Is(taken))
        {
            // Another node that starts has made it.
        }
    }

    /// <summary>The four accounts of Development, where there is nobody yet.</summary>
    /// <returns>Names and passwords, to be shown this once; empty where there are people already.</returns>
    public async Task<IReadOnlyList<(string UserName, string Password)>> SeedDevelopmentAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Users.AnyAsync(p => p.UserName != AccountDirectory.BootstrapName, ct)) return [];
        var made = new List<(string, string)>();
        foreach (var (name, displayName, roles) in Development)
        {
            var password = Secrets.New("")[..20];
            people.Add(db, new(name, displayName, roles, password), Actor.System);
            made.Add((name, password));
        }

        try
        {
            await db.SaveChangesAsync(ct);
            return made;
        }
        catch (DbUpdateException taken) when (UniqueViolation.Is(taken))
        {
            return []; // Another node that starts has made and shown them.
        }
    }
}
