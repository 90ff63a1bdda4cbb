using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Nexus.Inference.Tests.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Agents;

public sealed class DecideEndpointTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private HttpClient Engineer => portal.As("ada", Role.Engineer);

    [Fact]
    public async Task Decide_answers_the_contract_and_the_decision_is_readable_within_two_seconds()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());

        using var answer = await Engineer.PostAsync("/api/v1/agents/price/decide", Json("""{"inputs": {"x": 2.0, "colour": "red"}, "unit": "user-1"}"""));

        var decision = await answer.ShouldBeJsonAsync(HttpStatusCode.OK);
        decision.EnumerateObject().Select(m => m.Name).ShouldBe(["decisionId", "output", "modelVersion", "variant", "guardrails"]);
        decision.GetProperty("output").GetProperty("label").GetString().ShouldBe("UP");
        var id = decision.GetProperty("decisionId").GetGuid();
        var read = await UntilReadAsync(id);
        read.GetProperty("agent").GetString().ShouldBe("price");
        read.GetProperty("inputs").GetProperty("colour").GetString().ShouldBe("red");
        read.GetProperty("output").GetProperty("label").GetString().ShouldBe("UP");
        read.GetProperty("at").GetString()!.ShouldEndWith("Z");
        read.GetProperty("latencyMicroseconds").GetInt32().ShouldBeGreaterThan(0);
        read.GetProperty("feedback").GetArrayLength().ShouldBe(0);
        var list = await Engineer.GetFromJsonAsync<JsonElement>("/api/v1/agents/price/decisions?variant=production&label=UP&unit=user-1&pageSize=1");
        list.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(id);
        (await Engineer.GetFromJsonAsync<JsonElement>("/api/v1/agents/price/decisions?label=DOWN&unit=user-1")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Decide_names_the_feature_that_is_wrong()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());

        using var answer = await Engineer.PostAsync("/api/v1/agents/price/decide", Json("""{"inputs": {"color": "red"}}"""));

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("detail").GetString()!.ShouldContain("Did you mean 'colour'?");
        problem.GetProperty("errors").TryGetProperty("inputs.color", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Decide_is_for_engineers()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());

        using var nobody = await portal.Anonymous().PostAsync("/api/v1/agents/price/decide", Json("{}"));
        using var viewer = await portal.As("vic", Role.Viewer).PostAsync("/api/v1/agents/price/decide", Json("{}"));

        await nobody.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
        await viewer.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Decide_refuses_an_agent_that_serves_nothing_and_one_that_is_not_there()
    {
        await portal.ServeAsync("idle", TestModels.Sigmoid(), promote: false);

        using var idle = await Engineer.PostAsync("/api/v1/agents/idle/decide", Json("""{"inputs": {}}"""));
        using var absent = await Engineer.PostAsync("/api/v1/agents/absent/decide", Json("""{"inputs": {}}"""));

        await idle.ShouldBeProblemAsync(HttpStatusCode.Conflict);
        await absent.ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("{", 400)]
    [InlineData("[1]", 400)]
    [InlineData("{\"inputs\": {\"x\": \"\\ud800\"}}", 422)]
    [InlineData("{\"inputs\": {\"colour\": \"\\ud800\"}}", 400)]
    [InlineData("{\"inputs\": {\"x\": 1e999}}", 422)]
    public async Task Decide_of_a_hostile_body_is_refused_and_never_our_error(string body, int status)
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());

        using var answer = await Engineer.PostAsync("/api/v1/agents/price/decide", Json(body));

        await answer.ShouldBeProblemAsync((HttpStatusCode)status);
    }

    [Fact]
    public async Task Decide_of_deep_or_large_bodies_is_refused()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());
        var deep = $$$"""{"inputs": {}, "context": {"a": {{{new string('[', 5000)}}}{{{new string(']', 5000)}}}}}""";
        var large = $$$"""{"inputs": {"colour": "{{{new string('a', 17 * 1024 * 1024)}}}"}}""";

        using var first = await Engineer.PostAsync("/api/v1/agents/price/decide", Json(deep));
        // Asks before it sends: what is refused by its length alone is never sent.
        using var asking = new HttpRequestMessage(HttpMethod.Post, "/api/v1/agents/price/decide") { Content = Json(large), Headers = { ExpectContinue = true } };
        using var second = await Engineer.SendAsync(asking);

        await first.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        await second.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Put_agent_makes_changes_and_refuses()
    {
        await portal.ServeAsync("base", TestModels.Sigmoid());

        using var made = await Engineer.PutAsJsonAsync("/api/v1/agents/newcomer", new { model = "base", description = "First." });
        using var same = await Engineer.PutAsJsonAsync("/api/v1/agents/newcomer", new { model = "base", description = "First." });
        using var unknown = await Engineer.PutAsJsonAsync("/api/v1/agents/newcomer", new { model = "nothing" });
        using var viewer = await portal.As("vic", Role.Viewer).PutAsJsonAsync("/api/v1/agents/newcomer", new { model = "base" });
        using var named = await Engineer.PutAsJsonAsync("/api/v1/agents/Bad_Name", new { model = "base" });

        var agent = await made.ShouldBeJsonAsync(HttpStatusCode.Created);
        agent.GetProperty("modelVersion").GetInt32().ShouldBe(1);
        (await same.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("planRevision").GetInt32().ShouldBe(1);
        await unknown.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await viewer.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        await named.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        using var decided = await Engineer.PostAsync("/api/v1/agents/newcomer/decide", Json("""{"inputs": {"x": -1}}"""));
        (await decided.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("output").GetProperty("label").GetString().ShouldBe("DOWN");
        await using var db = portal.Open();
        db.LedgerEntries.Count(e => e.Subject == "agent/newcomer").ShouldBe(1);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<JsonElement> UntilReadAsync(Guid id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        while (true)
        {
            using var answer = await Engineer.GetAsync($"/api/v1/decisions/{id}", limit.Token);
            if (answer.StatusCode == HttpStatusCode.OK) return await answer.ShouldBeJsonAsync(HttpStatusCode.OK);
        }
    }
}
