using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Identity;
using Nexus.Web.Tests.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Feedback;

public sealed class FeedbackEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly HttpClient _labeler = portal.As("lea", Role.Labeler);

    [Fact]
    public async Task Post_answers_how_many_were_accepted_and_why_others_were_not()
    {
        var decision = Guid.CreateVersion7();
        object[] items =
        [
            new { decisionId = decision, kind = "label", value = "UP" },
            new { decisionId = decision, kind = "label", value = "UP" },
            new { decisionId = decision, kind = "praise", value = "well done" },
            new { decisionId = decision, kind = "rating", value = 4, at = "2026-03-01T12:00:00Z", source = "desk" },
            "nonsense",
        ];

        using var answer = await _labeler.PostAsJsonAsync("/api/v1/feedback", items);

        var receipt = await answer.ShouldBeJsonAsync(HttpStatusCode.Accepted);
        receipt.GetProperty("accepted").GetInt32().ShouldBe(3);
        receipt.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("index").GetInt32()).ShouldBe([2, 4]);
        receipt.GetProperty("rejected")[0].GetProperty("reason").GetString()!.ShouldContain("label, correction, rating, click, session");
        await using var db = portal.Open();
        (await db.FeedbackItems.Where(i => i.DecisionId == decision).Select(i => new { i.Kind, i.Source }).OrderBy(i => i.Kind).ToListAsync())
            .Select(i => (i.Kind, i.Source)).ShouldBe([("label", "lea"), ("rating", "desk")]);
    }

    [Fact]
    public async Task A_label_shows_on_its_decision_and_in_the_live_accuracy()
    {
        await AgentStage.AgentAsync(portal, "fed-back");
        var ids = await AgentStage.DecideAsync(portal, "fed-back", 2, i => new { x = i == 0 ? 2.0 : -2.0, colour = "red" });

        using var answer = await _labeler.PostAsJsonAsync("/api/v1/feedback", ids.Select(id => new { decisionId = id, kind = "label", value = "UP" }));
        await answer.ShouldBeJsonAsync(HttpStatusCode.Accepted);

        var decision = await (await _labeler.GetAsync($"/api/v1/decisions/{ids[0]}")).ShouldBeJsonAsync(HttpStatusCode.OK);
        decision.GetProperty("feedback")[0].GetProperty("value").GetString().ShouldBe("UP");
        decision.GetProperty("feedback")[0].GetProperty("source").GetString().ShouldBe("lea");
        var performance = await (await _labeler.GetAsync("/api/v1/agents/fed-back/monitoring/performance?window=PT1H")).ShouldBeJsonAsync(HttpStatusCode.OK);
        performance.GetProperty("accuracy").GetProperty("value").GetDouble().ShouldBe(0.5);
        performance.GetProperty("accuracy").GetProperty("labeled").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_label_on_a_decision_just_answered_is_joined_whichever_reaches_the_database_first()
    {
        await AgentStage.AgentAsync(portal, "raced");
        using var decided = await portal.Bootstrap().PostAsJsonAsync("/api/v1/agents/raced/decide", new { inputs = new { x = 1 } });
        var id = (await decided.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("decisionId").GetGuid();
        using var answer = await _labeler.PostAsJsonAsync("/api/v1/feedback", new[] { new { decisionId = id, kind = "label", value = "UP" } });
        await answer.ShouldBeJsonAsync(HttpStatusCode.Accepted);

        await AgentStage.DecideAsync(portal, "raced", 1, _ => new { x = 1 });

        await using var db = portal.Open();
        (await db.Decisions.SingleAsync(d => d.Id == id)).TrueLabel.ShouldBe("UP");
        (await db.FeedbackItems.SingleAsync(i => i.DecisionId == id)).JoinedAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("[", HttpStatusCode.BadRequest)]
    [InlineData("7", HttpStatusCode.BadRequest)]
    public async Task What_is_no_list_is_refused(string body, HttpStatusCode status)
    {
        using var answer = await _labeler.PostAsync("/api/v1/feedback", new StringContent(body, Encoding.UTF8, "application/json"));

        await answer.ShouldBeProblemAsync(status);
    }

    [Fact]
    public async Task More_items_than_a_call_takes_are_413()
    {
        var body = $"[{string.Join(",", Enumerable.Repeat("1", 10_001))}]";

        using var answer = await _labeler.PostAsync("/api/v1/feedback", new StringContent(body, Encoding.UTF8, "application/json"));

        await answer.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Approver)]
    [InlineData(Role.Auditor)]
    public async Task Only_labelers_and_engineers_tell(Role role)
    {
        using var answer = await portal.As($"only-{role}".ToLowerInvariant(), role).PostAsJsonAsync("/api/v1/feedback", Array.Empty<object>());

        await answer.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }
}
