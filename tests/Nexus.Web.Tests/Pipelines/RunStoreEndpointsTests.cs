using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Pipelines;

public sealed class RunStoreEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Patch_writes_note_and_tags_and_the_ledger()
    {
        var run = await RunAsync("noted");
        using var answer = await portal.As("eva", Role.Engineer).PatchAsJsonAsync($"/api/v1/runs/{run}", new { note = "**Why**", tags = new Dictionary<string, string> { ["team"] = "risk", ["kept"] = "" } });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = await portal.As("eva", Role.Engineer).PatchAsJsonAsync($"/api/v1/runs/{run}", new { tags = new Dictionary<string, string> { ["team"] = "fraud" } });
        var now = await portal.As("vic", Role.Viewer).GetFromJsonAsync<JsonElement>($"/api/v1/runs/{run}");
        now.GetProperty("note").GetString().ShouldBe("**Why**");
        now.GetProperty("tags").EnumerateObject().Select(tag => (tag.Name, tag.Value.GetString())).ShouldBe([("team", "fraud")]);
        await using var db = portal.Open();
        (await db.LedgerEntries.CountAsync(e => e.Action == "run.edited" && e.Subject == $"run/{run}" && e.Actor == "eva")).ShouldBe(2);
    }

    [Fact]
    public async Task Patch_by_a_viewer_or_of_too_much_changes_nothing()
    {
        var run = await RunAsync("left-alone");
        using var viewer = await portal.As("vic", Role.Viewer).PatchAsJsonAsync($"/api/v1/runs/{run}", new { note = "x" });
        viewer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var body in new object[] { new { note = new string('x', 20_001) }, new { tags = new Dictionary<string, string> { [" "] = "x" } }, new { tags = new Dictionary<string, string> { ["x"] = new('x', 1001) } } })
        {
            using var refused = await portal.As("eva", Role.Engineer).PatchAsJsonAsync($"/api/v1/runs/{run}", body);
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        using var nowhere = await portal.As("eva", Role.Engineer).PatchAsJsonAsync($"/api/v1/runs/{Guid.NewGuid()}", new { note = "x" });
        nowhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await portal.Bootstrap().GetFromJsonAsync<JsonElement>($"/api/v1/runs/{run}")).GetProperty("note").GetString().ShouldBe("");
    }

    [Fact]
    public async Task List_takes_a_filter_and_an_order_and_says_where_a_filter_is_wrong()
    {
        await RunAsync("filtered", auc: .71);
        await RunAsync("filtered-too", auc: .82);
        var found = await portal.Bootstrap().GetFromJsonAsync<JsonElement>("/api/v1/runs?filter=" + Uri.EscapeDataString("metrics.auc > 0.7 and pipeline like 'filtered%'") + "&sort=metrics.auc");
        found.GetProperty("items").EnumerateArray().Select(run => run.GetProperty("pipeline").GetString()).ShouldBe(["filtered", "filtered-too"]);
        using var wrong = await portal.Bootstrap().GetAsync(new Uri("/api/v1/runs?filter=" + Uri.EscapeDataString("status = failed and metrics.acu > 1"), UriKind.Relative));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await wrong.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("column").GetInt32().ShouldBe(21);
        problem.GetProperty("detail").GetString()!.ShouldContain("Did you mean 'auc'?");
        using var order = await portal.Bootstrap().GetAsync(new Uri("/api/v1/runs?sort=beauty", UriKind.Relative));
        order.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Curves_of_runs_come_in_one_answer()
    {
        var run = await RunAsync("curved");
        var curves = await portal.Bootstrap().GetFromJsonAsync<JsonElement>($"/api/v1/runs/curves?runs={run},{Guid.NewGuid()}&key=train/valid.auc");
        var curve = curves.GetProperty("curves").EnumerateArray().ShouldHaveSingleItem();
        curve.GetProperty("points").EnumerateArray().Select(point => (point.GetProperty("step").GetInt64(), point.GetProperty("value").GetDouble())).ShouldBe([(0, .5), (1, .6)]);
        using var wrong = await portal.Bootstrap().GetAsync(new Uri("/api/v1/runs/curves?runs=x&key=auc", UriKind.Relative));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Views_are_kept_changed_listed_and_forgotten()
    {
        var eva = portal.As("eva", Role.Engineer);
        (await eva.PutAsJsonAsync("/api/v1/views/Best of the week", new { query = "filter=created > -7d" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await eva.PutAsJsonAsync("/api/v1/views/Best of the week", new { query = "sort=-metrics.auc" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var views = await portal.As("vic", Role.Viewer).GetFromJsonAsync<JsonElement>("/api/v1/views");
        views.GetProperty("items").EnumerateArray().Single(view => view.GetProperty("name").GetString() == "Best of the week").GetProperty("query").GetString().ShouldBe("sort=-metrics.auc");
        (await portal.As("vic", Role.Viewer).DeleteAsync(new Uri("/api/v1/views/Best of the week", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await eva.DeleteAsync(new Uri("/api/v1/views/Best of the week", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await eva.DeleteAsync(new Uri("/api/v1/views/Best of the week", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await eva.PutAsJsonAsync("/api/v1/views/x", new { query = new string('x', 4001) })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    private async Task<Guid> RunAsync(string pipelineName, double auc = .6)
    {
        var at = DateTimeOffset.UnixEpoch.AddYears(50);
        await using var db = portal.Open();
        var run = StagedRun.Add(db, pipelineName, at, RunStatus.Succeeded);
        db.RunLatestMetrics.Add(new() { RunId = run.Id, Key = "auc", Value = auc, Step = 0, At = at, Final = true });
        db.RunMetrics.AddRange(new RunMetric { RunId = run.Id, Key = "train/valid.auc", Value = .5, Step = 0, At = at }, new RunMetric { RunId = run.Id, Key = "train/valid.auc", Value = .6, Step = 1, At = at });
        await db.SaveChangesAsync();
        return run.Id;
    }
}
