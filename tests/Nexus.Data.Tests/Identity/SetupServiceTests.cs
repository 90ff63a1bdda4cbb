using Microsoft.EntityFrameworkCore;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Identity;

public sealed class SetupServiceTests
{
    private const string Password = "four words make it";
    private static readonly Actor Admin = new("root", Enum.GetValues<Role>().ToHashSet());

    [Fact]
    public async Task Links_of_all_nodes_work_until_one_has_made_the_first_administrator()
    {
        await using var database = await TestDatabase.StartAsync();
        var setup = database.Get<SetupService>();
        var people = database.Get<PersonService>();
        var first = (await setup.AddFirstAsync(CancellationToken.None)).ShouldNotBeNull();
        var second = (await setup.AddFirstAsync(CancellationToken.None)).ShouldNotBeNull();

        (await setup.OwnerAsync(second, CancellationToken.None)).ShouldBeNull();
        (await Should.ThrowAsync<RefusedException>(() => setup.UseAsync(first, "ada", "short", people, CancellationToken.None))).Kind.ShouldBe(RefusalKind.Invalid);
        (await setup.UseAsync(first, "ada", Password, people, CancellationToken.None)).ShouldBe("ada");

        (await people.GetAsync("ada", Admin, CancellationToken.None)).Roles.ShouldBe([Role.Admin]);
        await ShouldBeDeadAsync(database, first);
        await ShouldBeDeadAsync(database, second);
        (await setup.AddFirstAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Link_is_void_once_an_administrator_was_made_otherwise(bool later)
    {
        await using var database = await TestDatabase.StartAsync();
        var people = database.Get<PersonService>();
        var link = (await database.Get<SetupService>().AddFirstAsync(CancellationToken.None)).ShouldNotBeNull();

        await people.CreateAsync(new("bert", "Bert", [later ? Role.Viewer : Role.Admin], Password), Admin, CancellationToken.None);
        if (later) await people.SetRolesAsync("bert", [Role.Admin], Admin, CancellationToken.None);

        await ShouldBeDeadAsync(database, link);
        await using var db = database.Open();
        (await db.SetupLinks.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Link_that_is_still_kept_is_refused_where_there_is_an_administrator()
    {
        await using var database = await TestDatabase.StartAsync();
        await database.Get<PersonService>().CreateAsync(new("bert", "Bert", [Role.Admin], Password), Admin, CancellationToken.None);
        string link;
        await using (var db = database.Open())
        {
            link = database.Get<SetupService>().Add(db, personId: null); // of a node that looked just before
            await db.SaveChangesAsync();
        }

        await ShouldBeDeadAsync(database, link);
    }

    private static async Task ShouldBeDeadAsync(TestDatabase database, string link)
    {
        var setup = database.Get<SetupService>();
        (await Should.ThrowAsync<RefusedException>(() => setup.OwnerAsync(link, CancellationToken.None))).Kind.ShouldBe(RefusalKind.NotFound);
        (await Should.ThrowAsync<RefusedException>(() => setup.UseAsync(link, "eve", Password, database.Get<PersonService>(), CancellationToken.None))).Kind.ShouldBe(RefusalKind.NotFound);
    }
}
