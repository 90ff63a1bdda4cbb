using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Identity;

public sealed class AccountDirectoryTests
{
    private static readonly Actor Admin = new("root", Enum.GetValues<Role>().ToHashSet());

    [Fact]
    public async Task Key_grants_its_roles_until_it_is_revoked()
    {
        await using var database = await TestDatabase.StartAsync();
        var key = await KeyAsync(database, [Role.Engineer, Role.Approver], [Role.Engineer]);
        var directory = database.Get<AccountDirectory>();

        var grant = (await directory.FindKeyAsync(key.Key, CancellationToken.None)).ShouldNotBeNull();
        grant.Actor.Name.ShouldBe("ada");
        grant.Actor.KeyMadeBy.ShouldBe("root");
        grant.Actor.Roles.ShouldBe([Role.Engineer]);
        (await directory.FindKeyAsync(key.Key, CancellationToken.None)).ShouldBeSameAs(grant); // from memory

        await database.Get<KeyService>().RevokeAsync("ada", key.Id, Admin, CancellationToken.None);
        (await directory.FindKeyAsync(key.Key, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Key_loses_what_its_owner_loses()
    {
        await using var database = await TestDatabase.StartAsync();
        var key = await KeyAsync(database, [Role.Engineer, Role.Approver], null);
        var directory = database.Get<AccountDirectory>();
        (await directory.FindKeyAsync(key.Key, CancellationToken.None))!.Actor.Roles.ShouldBe([Role.Engineer, Role.Approver], ignoreOrder: true);

        await database.Get<PersonService>().SetRolesAsync("ada", [Role.Engineer], Admin, CancellationToken.None);
        (await directory.FindKeyAsync(key.Key, CancellationToken.None))!.Actor.Roles.ShouldBe([Role.Engineer]);

        await database.Get<PersonService>().DisableAsync("ada", Admin, CancellationToken.None);
        (await directory.FindKeyAsync(key.Key, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Key_ends_at_its_expiry_even_in_memory()
    {
        var time = new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        await using var database = await TestDatabase.StartAsync(time);
        var key = await KeyAsync(database, [Role.Engineer], null, time.GetUtcNow() + TimeSpan.FromSeconds(5));
        var directory = database.Get<AccountDirectory>();
        (await directory.FindKeyAsync(key.Key, CancellationToken.None)).ShouldNotBeNull();

        time.Advance(TimeSpan.FromSeconds(5));
        (await directory.FindKeyAsync(key.Key, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Key_is_kept_as_a_hash_and_its_use_is_written_later()
    {
        await using var database = await TestDatabase.StartAsync();
        var key = await KeyAsync(database, [Role.Engineer], null);
        await database.Get<AccountDirectory>().FindKeyAsync(key.Key, CancellationToken.None);

        var uses = database.Get<AccountDirectory>().TakeUses();

        uses.ShouldHaveSingleItem().KeyId.ShouldBe(key.Id);
        key.Key.ShouldStartWith("nxs_");
        await using var db = database.Open();
        var row = await db.ApiKeys.SingleAsync();
        row.Hash.ShouldBe(Secrets.Hash(key.Key));
        row.Prefix.ShouldBe(key.Key[..12]);
        (await db.LedgerEntries.Select(e => e.Detail).ToListAsync()).ShouldAllBe(detail => !detail.Contains(key.Key));
    }

    [Fact]
    public async Task Key_made_by_a_lesser_key_is_no_greater()
    {
        await using var database = await TestDatabase.StartAsync();
        await KeyAsync(database, [Role.Engineer, Role.Approver], null);
        var lesser = new Actor("ada", new HashSet<Role> { Role.Engineer }, "ada");
        var keys = database.Get<KeyService>();

        (await keys.CreateAsync("ada", new("mine"), lesser, CancellationToken.None)).Roles.ShouldBe([Role.Engineer]);
        (await Should.ThrowAsync<RefusedException>(() => keys.CreateAsync("ada", new("more", [Role.Approver]), lesser, CancellationToken.None))).Kind.ShouldBe(RefusalKind.Invalid);
        (await Should.ThrowAsync<RefusedException>(() => keys.CreateAsync("ada", new("other"), new("eve", new HashSet<Role> { Role.Engineer }), CancellationToken.None))).Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task Key_made_by_a_key_ends_no_later_unless_an_admin_makes_it()
    {
        var time = new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        await using var database = await TestDatabase.StartAsync(time);
        var end = time.GetUtcNow() + TimeSpan.FromDays(10);
        var parent = await KeyAsync(database, [Role.Engineer], null, end);
        var actor = (await database.Get<AccountDirectory>().FindKeyAsync(parent.Key, CancellationToken.None))!.Actor;
        var keys = database.Get<KeyService>();

        (await keys.CreateAsync("ada", new("child"), actor, CancellationToken.None)).ExpiresAt.ShouldBe(end);
        (await Should.ThrowAsync<RefusedException>(() => keys.CreateAsync("ada", new("later", ExpiresAt: end.AddSeconds(1)), actor, CancellationToken.None))).Kind.ShouldBe(RefusalKind.Invalid);
        (await keys.CreateAsync("ada", new("later", ExpiresAt: end.AddDays(1)), Admin, CancellationToken.None)).ExpiresAt.ShouldBe(end.AddDays(1));
    }

    [Fact]
    public async Task Person_has_a_hundred_keys_that_work_and_no_more()
    {
        await using var database = await TestDatabase.StartAsync();
        var first = await KeyAsync(database, [Role.Viewer], null);
        var keys = database.Get<KeyService>();
        for (var i = 1; i < KeyService.MaxKeys; i++) await keys.CreateAsync("ada", new($"key {i}"), Admin, CancellationToken.None);

        var refused = await Should.ThrowAsync<RefusedException>(() => keys.CreateAsync("ada", new("one more"), Admin, CancellationToken.None));
        refused.Kind.ShouldBe(RefusalKind.Conflict);
        refused.Message.ShouldContain("Revoke");
        await keys.RevokeAsync("ada", first.Id, Admin, CancellationToken.None);
        await keys.CreateAsync("ada", new("one more"), Admin, CancellationToken.None);
    }

    [Fact]
    public async Task Roles_changed_by_two_at_once_are_the_firsts_and_the_second_is_refused()
    {
        await using var database = await TestDatabase.StartAsync();
        await KeyAsync(database, [Role.Viewer], null);
        await using var db = database.Open();
        var person = await db.Users.SingleAsync(p => p.UserName == "ada"); // read before
        await database.Get<PersonService>().SetRolesAsync("ada", [Role.Labeler], Admin, CancellationToken.None);

        person.DisplayName = "Ada L.";
        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
    }

    private static async Task<CreatedKey> KeyAsync(TestDatabase database, Role[] owned, Role[]? roles, DateTimeOffset? expires = null)
    {
        await database.Services.GetRequiredService<PersonService>().CreateAsync(new("ada", "Ada", owned), Admin, CancellationToken.None);
        return await database.Services.GetRequiredService<KeyService>().CreateAsync("ada", new("test", roles, expires), Admin, CancellationToken.None);
    }
}
