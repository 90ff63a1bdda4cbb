using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Nodes;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Nodes;

public sealed class ChangeWatchTests
{
    private static readonly Actor Admin = new("root", new HashSet<Role> { Role.Admin });

    [Fact]
    public async Task Change_of_another_node_is_seen_once()
    {
        await using var database = await TestDatabase.StartAsync();
        var moved = 0;
        using var heard = database.Get<LiveEvents>().Subscribe(LiveEvents.Changes, _ => moved++);
        var watch = database.Get<ChangeWatch>();
        (await watch.LookAsync(CancellationToken.None)).ShouldBeFalse(); // what was there at the start is known

        await database.Get<PersonService>().CreateAsync(new("ada", "Ada", [Role.Engineer]), Admin, CancellationToken.None);

        (await watch.LookAsync(CancellationToken.None)).ShouldBeTrue();
        (await watch.LookAsync(CancellationToken.None)).ShouldBeFalse();
        moved.ShouldBe(1);
    }

    [Fact]
    public async Task Key_revoked_at_another_node_is_refused_here_after_the_next_look()
    {
        await using var database = await TestDatabase.StartAsync();
        var (people, accounts, watch) = (database.Get<PersonService>(), database.Get<AccountDirectory>(), database.Get<ChangeWatch>());
        await people.CreateAsync(new("ada", "Ada", [Role.Engineer]), Admin, CancellationToken.None);
        var key = (await database.Get<KeyService>().CreateAsync("ada", new("k", [Role.Engineer]), Admin, CancellationToken.None)).Key;
        await watch.LookAsync(CancellationToken.None);
        (await accounts.FindKeyAsync(key, CancellationToken.None)).ShouldNotBeNull();
        var elsewhere = new AccountDirectory(database.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<NexusDb>>(), TimeProvider.System, Microsoft.Extensions.Options.Options.Create(new NexusOptions()));
        (await elsewhere.FindKeyAsync(key, CancellationToken.None)).ShouldNotBeNull();
        var there = new ChangeWatch(
            database.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<NexusDb>>(), elsewhere, database.Get<Nexus.Data.Storage.DatabaseConnection>(),
            database.Get<LiveEvents>(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ChangeWatch>.Instance);
        await there.LookAsync(CancellationToken.None);

        await people.DisableAsync("ada", Admin, CancellationToken.None);
        (await elsewhere.FindKeyAsync(key, CancellationToken.None)).ShouldNotBeNull("it has not looked yet");
        await there.LookAsync(CancellationToken.None);

        (await elsewhere.FindKeyAsync(key, CancellationToken.None)).ShouldBeNull();
    }
}
