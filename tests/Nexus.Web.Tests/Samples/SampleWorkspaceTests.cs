using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Data.Samples;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Samples;

/// <summary>The sample workspace from its making to its removal, on the whole portal.</summary>
public sealed class SampleWorkspaceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workspace_is_made_by_two_people_through_the_portals_own_services()
    {
        await using var portal = await SampleStage.ReadyAsync();

        await using var db = portal.Open();
        (await db.DatasetVersions.Where(v => v.DatasetName == "loans").OrderBy(v => v.Version).Select(v => v.Rows).ToListAsync(Stop)).ShouldBe([1200L, 1800L]);
        var runs = await db.Runs.OrderBy(r => r.Number).ToListAsync(Stop);
        runs.Select(r => r.Status).ShouldBe([RunStatus.Succeeded, RunStatus.Succeeded, RunStatus.Failed]);
        runs.ShouldAllBe(r => r.CreatedBy == "mara.lind");
        runs[2].Error.ShouldNotBeNull().ShouldStartWith("evaluate: ");
        (await db.ModelVersions.OrderBy(v => v.Version).Select(v => v.Stage).ToListAsync(Stop)).ShouldBe([Stage.Production, Stage.None]);
        (await db.Models.Select(m => m.Description).SingleAsync(Stop)).ShouldStartWith("Will the loan be repaid?");
        (await db.ModelCardRevisions.Select(c => c.Version).ToListAsync(Stop)).ShouldBe([1]);
        var approvals = await db.Approvals.OrderBy(a => a.CreatedAt).ToListAsync(Stop);
        approvals.Select(a => (a.State, a.RequestedBy, a.DecidedBy)).ShouldBe([(ApprovalState.Approved, "mara.lind", "jon.aho"), (ApprovalState.Pending, "mara.lind", null)]);
        foreach (var subject in (string[])["dataset/loans", "pipeline/loans", "model/loans", "agent/loans", "person/mara.lind"]) portal.Get<SampleMarks>().Has(subject).ShouldBeTrue();

        await SampleStage.UntilAsync(async () => await db.Decisions.CountAsync(d => d.TrueLabel != null, Stop) > 20);
        (await db.Decisions.CountAsync(d => d.Unit == "application-0", Stop)).ShouldBe(1);
        portal.Errors.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Newcomer_signs_what_waits_and_the_candidate_serves()
    {
        await using var portal = await SampleStage.ReadyAsync();
        var pending = (await SampleStage.GetAsync(portal, "/approvals?state=Pending")).GetProperty("items")[0];

        using var answer = await portal.As("vera", Role.Approver).PostAsJsonAsync(
            $"/api/v1/approvals/{pending.GetProperty("id").GetString()}/decisions", new { decision = "approve", comment = "Better on all slices." }, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        (await SampleStage.GetAsync(portal, "/models/loans/versions/2")).GetProperty("stage").GetString().ShouldBe("Production");
        await using var db = portal.Open();
        await SampleStage.UntilAsync(() => db.Decisions.AnyAsync(d => d.ModelVersion == 2, Stop));
    }

    [Fact]
    public async Task Removal_during_traffic_leaves_no_row_that_mentions_it_and_it_does_not_come_back()
    {
        await using var portal = await SampleStage.ReadyAsync();
        string[] words;
        await using (var db = portal.Open())
        {
            await SampleStage.UntilAsync(async () => await db.Decisions.CountAsync(Stop) > 50 && await db.FeedbackItems.AnyAsync(Stop));
            words =
            [
                "loans", "mara.lind", "jon.aho", (await db.Agents.Select(a => a.Id).SingleAsync(Stop)).ToString(),
                .. (await db.Runs.Select(r => r.Id).ToListAsync(Stop)).Select(id => id.ToString()),
                .. (await db.Approvals.Select(a => a.Id).ToListAsync(Stop)).Select(id => id.ToString()),
                .. (await db.Decisions.Select(d => d.Id).Take(20).ToListAsync(Stop)).Select(id => id.ToString()),
            ];
        }

        (await SampleStage.MentionsAsync(portal.Directory, words)).Count.ShouldBeGreaterThan(20);
        using var answer = await portal.Bootstrap().DeleteAsync("/api/v1/samples", Stop);

        var removed = await answer.ShouldBeJsonAsync(HttpStatusCode.OK);
        removed.GetProperty("stays").GetArrayLength().ShouldBe(0);
        removed.GetProperty("removed").GetProperty("decisions").GetInt64().ShouldBeGreaterThan(50);
        removed.GetProperty("removed").GetProperty("runs").GetInt64().ShouldBe(3);
        (await SampleStage.MentionsAsync(portal.Directory, words)).ShouldBeEmpty();
        portal.Get<SampleMarks>().Any.ShouldBeFalse();
        (await SampleStage.GetAsync(portal, "/audit/verify")).GetProperty("valid").GetBoolean().ShouldBeTrue();
        (await SampleStage.GetAsync(portal, "/audit?subject=sample/workspace")).GetProperty("items")[0].GetProperty("action").GetString().ShouldBe("sample.removed");
        (await SampleStage.GetAsync(portal, "/samples")).GetProperty("state").GetString().ShouldBe("Removed");
        using (var again = await portal.Bootstrap().DeleteAsync("/api/v1/samples", Stop)) again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await portal.StopAsync();

        await using var next = await PortalApp.StartAsync(SampleStage.Settings(portal.Directory));
        await Task.Delay(300, Stop);
        (await SampleStage.MentionsAsync(portal.Directory, words)).ShouldBeEmpty();
        (await SampleStage.GetAsync(next, "/samples")).GetProperty("state").GetString().ShouldBe("Removed");
    }

    [Fact]
    public async Task Workspace_comes_again_when_it_is_asked_for()
    {
        await using var portal = await SampleStage.ReadyAsync();
        using (var removed = await portal.As("eva", Role.Engineer).DeleteAsync("/api/v1/samples", Stop)) removed.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var answer = await portal.As("ada", Role.Admin).PostAsync("/api/v1/samples", null, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await SampleStage.UntilAsync(async () => await portal.Get<SampleStore>().FindAsync(Stop) is { State: SampleState.Ready });
        await using var db = portal.Open();
        (await db.Runs.CountAsync(r => r.PipelineName == "loans", Stop)).ShouldBe(3);
        await SampleStage.UntilAsync(() => db.Decisions.AnyAsync(d => d.TrueLabel != null, Stop));
        portal.Errors.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_others_rest_on_stays_and_the_removal_says_why()
    {
        await using var portal = await SampleStage.ReadyAsync();
        using (var put = await portal.Bootstrap().PutAsJsonAsync("/api/v1/agents/mine", new { model = "loans", description = "" }, Stop)) put.IsSuccessStatusCode.ShouldBeTrue();

        using var answer = await portal.Bootstrap().DeleteAsync("/api/v1/samples", Stop);

        var stays = (await answer.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("stays").EnumerateArray().ToDictionary(s => s.GetProperty("subject").GetString()!, s => s.GetProperty("reason").GetString()!);
        stays.Keys.Order().ShouldBe(["dataset/loans", "model/loans", "pipeline/loans"]);
        stays["model/loans"].ShouldBe("The agent mine serves it.");
        await using var db = portal.Open();
        (await db.Agents.Select(a => a.Name).ToListAsync(Stop)).ShouldBe(["mine"]);
        (await db.Runs.CountAsync(Stop)).ShouldBe(3);
        (await db.SampleThings.AnyAsync(Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Dataset_that_anothers_pipeline_names_stays_alone()
    {
        await using var portal = await SampleStage.ReadyAsync();
        const string yaml = "name: mine\nsteps:\n  ingest: { component: ingest, with: { dataset: loans } }\n";
        using (var put = await portal.Bootstrap().PutAsync("/api/v1/pipelines/mine", new StringContent(yaml, System.Text.Encoding.UTF8, "application/yaml"), Stop))
            put.IsSuccessStatusCode.ShouldBeTrue(await put.Content.ReadAsStringAsync(Stop));

        using var answer = await portal.Bootstrap().DeleteAsync("/api/v1/samples", Stop);

        var stays = (await answer.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("stays");
        stays.EnumerateArray().Select(s => (s.GetProperty("subject").GetString(), s.GetProperty("reason").GetString())).ShouldBe([("dataset/loans", "The pipeline mine reads it.")]);
        await using var db = portal.Open();
        (await db.DatasetVersions.CountAsync(Stop)).ShouldBe(2);
        (await db.Pipelines.Select(p => p.Name).ToListAsync(Stop)).ShouldBe(["mine"]);
        (await db.Models.AnyAsync(Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Traffic_stops_when_told_and_goes_on_after_its_last_application()
    {
        await using var portal = await SampleStage.ReadyAsync();
        await using var db = portal.Open();
        await SampleStage.UntilAsync(async () => await db.Decisions.CountAsync(Stop) > 30);

        (await PostAsync(portal, "stop")).GetProperty("trafficUntil").ValueKind.ShouldBe(JsonValueKind.Null);
        var rests = -1;
        await SampleStage.UntilAsync(async () =>
        {
            var before = rests;
            await Task.Delay(700, Stop);
            return before == (rests = await db.Decisions.CountAsync(Stop));
        });
        (await PostAsync(portal, "start")).GetProperty("trafficUntil").ValueKind.ShouldBe(JsonValueKind.String);

        await SampleStage.UntilAsync(async () => await db.Decisions.CountAsync(Stop) > rests + 10);
        var units = await db.Decisions.Select(d => d.Unit!).ToListAsync(Stop);
        units.Distinct().Count().ShouldBe(units.Count);
        units.Select(u => int.Parse(u["application-".Length..])).Order().ShouldBe(Enumerable.Range(0, units.Count));
    }

    [Fact]
    public async Task Outside_development_there_is_none_unless_asked_for()
    {
        await using var portal = await PortalApp.StartAsync();

        using var answer = await portal.Bootstrap().GetAsync("/api/v1/samples", Stop);

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound);
        using var traffic = await portal.Bootstrap().PostAsync("/api/v1/samples/traffic/start", null, Stop);
        await traffic.ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await using var db = portal.Open();
        (await db.SampleThings.AnyAsync(Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Names_of_others_are_left_to_them()
    {
        await using var portal = await PortalApp.StartAsync();
        using (var taken = await portal.Bootstrap().PostAsync("/api/v1/datasets/loans/versions", new StringContent("a\n1\n", System.Text.Encoding.UTF8, "text/csv"), Stop)) taken.StatusCode.ShouldBe(HttpStatusCode.Created);

        var sample = await portal.Get<SampleStore>().BeginAsync(PortalApp.Stage, Stop);

        sample.Name.ShouldBe("loans-2");
    }

    private static async Task<JsonElement> PostAsync(PortalApp portal, string what)
    {
        using var answer = await portal.As("eva", Role.Engineer).PostAsync($"/api/v1/samples/traffic/{what}", null, Stop);
        return await answer.ShouldBeJsonAsync(HttpStatusCode.OK);
    }
}
