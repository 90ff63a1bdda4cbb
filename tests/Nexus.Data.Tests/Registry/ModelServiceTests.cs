using Microsoft.EntityFrameworkCore;
using Nexus.Data.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Registry;

public sealed class ModelServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_of_a_new_model_makes_version_1_with_lineage_and_ledger()
    {
        await using var database = await TestDatabase.StartAsync();
        var run = Guid.NewGuid();

        var version = await database.ModelVersionAsync(run: run);

        (version.Model, version.Version, version.Stage, version.CreatedBy).ShouldBe(("price", 1, Stage.None, "eva"));
        version.Metrics["auc"].ShouldBe(0.77);
        version.Intervals.ShouldHaveSingleItem().Value.ShouldBe(new MetricInterval(0.76, 0.78));
        await using var db = database.Open();
        (await db.LineageEdges.OrderBy(e => e.From).Select(e => $"{e.From} {e.Relation} {e.To}").ToListAsync(Stop))
            .ShouldBe([$"dataset/elec2@3 read run/{run}", $"run/{run} made model/price@1"]);
        (await db.LedgerEntries.SingleAsync(Stop)).Subject.ShouldBe("model/price@1");
    }

    [Fact]
    public async Task Register_twice_by_the_same_run_is_one_version()
    {
        await using var database = await TestDatabase.StartAsync();
        var run = Guid.NewGuid();
        await database.ModelVersionAsync(run: run);

        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.ModelVersionAsync(run: run)));

        again.ShouldAllBe(v => v.Version == 1);
        await using var db = database.Open();
        (await db.ModelVersions.CountAsync(Stop)).ShouldBe(1);
        (await db.LedgerEntries.CountAsync(Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task Register_of_another_artifact_by_the_same_run_is_a_conflict()
    {
        await using var database = await TestDatabase.StartAsync();
        var run = Guid.NewGuid();
        await database.ModelVersionAsync(run: run);

        (await Should.ThrowAsync<RefusedException>(() => database.ModelVersionAsync(content: "other", run: run))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Register_by_16_at_once_gives_16_numbers()
    {
        await using var database = await TestDatabase.StartAsync();

        var versions = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => database.ModelVersionAsync(content: $"{i}"))));

        versions.Select(v => v.Version).Order().ShouldBe(Enumerable.Range(1, 16));
        (await database.Get<ModelCatalog>().GetAsync("price", Stop)).LatestVersion.ShouldBe(16);
    }

    [Theory]
    [InlineData("Price")]
    [InlineData("")]
    [InlineData("-price")]
    public async Task Register_under_a_bad_name_is_invalid_and_leaves_nothing(string name)
    {
        await using var database = await TestDatabase.StartAsync();

        (await Should.ThrowAsync<RefusedException>(() => database.ModelVersionAsync(name))).Kind.ShouldBe(RefusalKind.Invalid);

        await using var db = database.Open();
        (await db.Models.AnyAsync(Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Register_by_who_may_not_write_any_more_leaves_nothing()
    {
        await using var database = await TestDatabase.StartAsync();
        var added = await database.NewAsync("price");

        await Should.ThrowAsync<TimeoutException>(database.Get<ModelService>().RegisterAsync(added, Given.Engineer, Stop, (_, _) => throw new TimeoutException("It is another's.")));

        await using var db = database.Open();
        (await db.Models.AnyAsync(Stop)).ShouldBeFalse();
        (await db.LedgerEntries.AnyAsync(Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Versions_are_paged_newest_first()
    {
        await using var database = await TestDatabase.StartAsync();
        for (var i = 0; i < 5; i++) await database.ModelVersionAsync(content: $"{i}");
        var catalog = database.Get<ModelCatalog>();

        var first = await catalog.VersionsAsync("price", new(2), Stop);
        var second = await catalog.VersionsAsync("price", new(2, first.NextPageToken), Stop);
        var last = await catalog.VersionsAsync("price", new(2, second.NextPageToken), Stop);

        first.Items.Concat(second.Items).Concat(last.Items).Select(v => v.Version).ShouldBe([5, 4, 3, 2, 1]);
        last.NextPageToken.ShouldBeNull();
    }

    [Fact]
    public async Task List_shows_each_model_with_its_newest_version_and_Production()
    {
        await using var database = await TestDatabase.StartAsync();
        await database.ModelVersionAsync("price");
        await database.ModelVersionAsync("price", "second");
        await database.ModelVersionAsync("churn", "third");

        var page = await database.Get<ModelCatalog>().ListAsync(new(), Stop);

        page.Items.Select(m => (m.Name, m.Newest!.Version, m.Versions)).ShouldBe([("churn", 1, 1), ("price", 2, 2)]);
        page.Items.ShouldAllBe(m => m.Production == null);
    }
}
