using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Identity;

/// <summary>
/// How often browsers that are not known to an account have failed at it, from wherever they come. Kept with the account, so
/// that a restart forgives nothing.
/// </summary>
public sealed class StrangerFailures(IDbContextFactory<NexusDb> contexts, TimeProvider time)
{
    /// <summary>So many failures shut the account to unknown browsers for <see cref="Shut"/>; known ones are never shut out by them.</summary>
    public const int Most = 50;

    public static readonly TimeSpan Shut = TimeSpan.FromMinutes(15);

    /// <summary>Counts one more; where there is no such account, nothing.</summary>
    public async Task CountAsync(string userName, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var normalized = userName.ToUpperInvariant();
        var until = time.GetUtcNow() + Shut;
        await db.Users.Where(p => p.NormalizedUserName == normalized).ExecuteUpdateAsync(set => set.SetProperty(p => p.AccessFailedCount, p => p.AccessFailedCount + 1), ct);
        await db.Users.Where(p => p.NormalizedUserName == normalized && p.AccessFailedCount >= Most)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.AccessFailedCount, 0).SetProperty(p => p.LockoutEnd, until), ct);
    }

    /// <summary>The account's own person has come in.</summary>
    public async Task ForgiveAsync(Guid personId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Users.Where(p => p.Id == personId && p.AccessFailedCount > 0).ExecuteUpdateAsync(set => set.SetProperty(p => p.AccessFailedCount, 0), ct);
    }
}
