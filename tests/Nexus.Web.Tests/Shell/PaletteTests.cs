using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Nexus.Data.Sweeps;
using Nexus.Web.Shell;
using Nexus.Web.Tests.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Shell;

public sealed class PaletteTests(PortalApp portal) : IClassFixture<PortalApp>
{
    [Fact]
    public void Rank_puts_beginnings_before_word_starts_before_the_rest()
    {
        string[] titles = ["Model runs", "Runs", "Trundle", "Read us no sums"];

        titles.Select(title => (title, score: PaletteRank.Of("run", title))).Where(t => t.score is not null).OrderByDescending(t => t.score).Select(t => t.title)
            .ShouldBe(["Runs", "Model runs", "Trundle", "Read us no sums"]);
    }

    [Theory]
    [InlineData("dats", "Datasets", true)]
    [InlineData("start el", "Start a run of elec2", true)]
    [InlineData("el start", "Start a run of elec2", true)]
    [InlineData("elx", "Start a run of elec2", false)]
    [InlineData("z", "Datasets", false)]
    [InlineData("*(", "Datasets", false)]
    public void Rank_wants_every_word(string query, string title, bool fits) => (PaletteRank.Of(query, title) is not null).ShouldBe(fits);

    [Fact]
    public void Rank_of_two_thousand_items_takes_less_than_fifty_milliseconds()
    {
        var items = Enumerable.Range(0, 2000).Select(i => new PaletteItem($"Start a run of pipeline-number-{i}") { Act = () => Task.CompletedTask }).ToList();

        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            PaletteList.Of("run 77", items, [], []).Count.ShouldBe(8);
            return watch.ElapsedMilliseconds;
        });

        best.ShouldBeLessThan(50);
    }

    [Fact]
    public void List_without_a_query_has_this_page_first_then_where_one_was()
    {
        PaletteItem[] offered = [new("Runs", "room") { Href = "/runs" }, new("Cancel elec2 #3") { Act = () => Task.CompletedTask, Here = true }, new("New agent") { Act = () => Task.CompletedTask }];

        PaletteList.Of(" ", offered, [new("price") { Href = "/agents/price" }], []).Select(entry => (entry.Group, entry.Item.Title))
            .ShouldBe([(PaletteGroup.Here, "Cancel elec2 #3"), (PaletteGroup.Recent, "price"), (PaletteGroup.Go, "Runs"), (PaletteGroup.Do, "New agent")]);
    }

    [Fact]
    public void List_shows_no_place_twice_and_what_was_found_last()
    {
        PaletteItem[] offered = [new("Runs", "room") { Href = "/runs" }];

        PaletteList.Of("run", offered, [new("Runs") { Href = "/runs" }], [new("Runs") { Href = "/runs" }, new("elec2") { Href = "/datasets/elec2" }])
            .Select(entry => (entry.Group, entry.Item.Href)).ShouldBe([(PaletteGroup.Go, "/runs"), (PaletteGroup.Found, "/datasets/elec2")]);
    }

    [Theory]
    [InlineData("small")]
    [InlineData("sma")]
    [InlineData("Small")]
    public void List_has_things_whose_name_begins_so_before_what_can_be_done_with_them(string query)
    {
        PaletteItem[] offered = [new("Start a run of small") { Act = () => Task.CompletedTask, Here = true }, new("Ask for small 2 in Production") { Act = () => Task.CompletedTask }];
        PaletteItem[] found = [new("small #3", "run") { Href = "/runs/3" }, new("small", "pipeline") { Href = "/pipelines/small" }, new("big", "dataset") { Href = "/datasets/big" }];

        PaletteList.Of(query, offered, [], found).Select(entry => (entry.Group, entry.Item.Title)).ShouldBe(
        [
            (PaletteGroup.Go, "small"), (PaletteGroup.Go, "small #3"),
            (PaletteGroup.Do, "Start a run of small"), (PaletteGroup.Do, "Ask for small 2 in Production"),
            (PaletteGroup.Found, "big"),
        ]);
    }

    [Fact]
    public void List_has_an_action_first_where_its_words_were_typed()
    {
        PaletteItem[] offered = [new("Start a run of small") { Act = () => Task.CompletedTask }];

        PaletteList.Of("start small", offered, [], [new("small", "pipeline") { Href = "/pipelines/small" }]).Select(entry => entry.Item.Title).ShouldBe(["Start a run of small", "small"]);
    }

    [Fact]
    public async Task Offers_are_by_role_and_by_page()
    {
        var viewer = await OfferedAsync("", Role.Viewer);
        var engineer = await OfferedAsync("models/elec2/3", Role.Engineer);
        var admin = await OfferedAsync("", Role.Admin);

        viewer.ShouldContain("Agents");
        viewer.ShouldNotContain("Audit");
        viewer.Intersect(["New agent", "Upload a dataset", "New pipeline", "Upload a model", "Verify the ledger", "People"]).ShouldBeEmpty();
        engineer.Intersect(["New agent", "Upload a dataset", "New pipeline", "Upload a model", "Lineage of elec2 3"]).Count().ShouldBe(5);
        admin.Intersect(["Audit", "Verify the ledger", "People"]).Count().ShouldBe(3);
    }

    [Fact]
    public async Task Sweep_at_work_is_offered_to_who_may_move_it()
    {
        var id = Guid.CreateVersion7();
        await using (var db = portal.Open())
        {
            var run = StagedRun.Add(db, "palette-swept", DateTimeOffset.UnixEpoch, RunStatus.Succeeded);
            db.Sweeps.Add(new()
            {
                Id = id,
                PipelineId = run.PipelineId,
                PipelineName = run.PipelineName,
                Revision = 1,
                Number = 1,
                State = SweepState.Paused,
                Overrides = "[]",
                Space = "{}",
                Strategy = SweepStrategy.Grid,
                Seed = 0,
                Metric = "auc",
                Maximize = true,
                MaxTrials = 1,
                Parallel = 1,
                CreatedAt = DateTimeOffset.UnixEpoch,
                CreatedBy = "eva",
            });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var viewer = await OfferedAsync($"sweeps/{id}", Role.Viewer);
        var engineer = await OfferedAsync("", Role.Engineer);

        viewer.Intersect(["Sweeps", "Lineage of palette-swept sweep 1"]).Count().ShouldBe(2);
        viewer.ShouldNotContain("Resume palette-swept sweep 1");
        engineer.Intersect(["Resume palette-swept sweep 1", "Cancel palette-swept sweep 1"]).Count().ShouldBe(2);
        engineer.ShouldNotContain("Pause palette-swept sweep 1");
    }

    private async Task<List<string>> OfferedAsync(string path, Role role)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        ((IHostEnvironmentNavigationManager)scope.ServiceProvider.GetRequiredService<NavigationManager>()).Initialize("http://portal/", "http://portal/");
        var me = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "someone"), new(ClaimTypes.Role, role.ToString())], "test"));
        var titles = new List<string>();
        foreach (var source in scope.ServiceProvider.GetServices<IPaletteSource>())
            titles.AddRange((await source.ListAsync(new(path, me), TestContext.Current.CancellationToken)).Select(item => item.Title));
        return titles;
    }
}
