using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;
using Nexus.Data.Storage;
using Nexus.Data.Tests.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Agents;

public sealed class AgentServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_that_the_database_cannot_store_is_no_conflict()
    {
        await using var database = await TestDatabase.StartAsync();
        Assert.SkipWhen(database.Get<DatabaseConnection>().Provider.IsShared, "The trigger is SQLite's.");
        await database.ModelVersionAsync("price");
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER full BEFORE INSERT ON Agents BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END", Stop);

        await Should.ThrowAsync<DbUpdateException>(database.Get<AgentService>().PutAsync("prices", "price", null, Given.Engineer, Stop));

        (await db.Agents.AnyAsync(Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Put_twice_at_once_makes_one_agent()
    {
        await using var database = await TestDatabase.StartAsync();
        await database.ModelVersionAsync("price");

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => database.Get<AgentService>().PutAsync("prices", "price", null, Given.Engineer, Stop), Stop)));

        made.Count(m => m.Created).ShouldBe(1);
        made.ShouldAllBe(m => m.Agent.PlanRevision == 1);
    }
}
