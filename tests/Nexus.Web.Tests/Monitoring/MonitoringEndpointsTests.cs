using System.Net;
using System.Text.Json;
using Nexus.Data.Identity;
using Nexus.Web.Tests.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Monitoring;

public sealed class MonitoringEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly HttpClient _viewer = portal.As("vera", Role.Viewer);

    [Fact]
    public async Task Drift_names_the_feature_that_moved_and_what_it_was_judged_by()
    {
        await AgentStage.AgentAsync(portal, "moved");
        var random = new Random(3);
        await AgentStage.DecideAsync(portal, "moved", 400, i => new { x = 0.6 + (random.NextDouble() * 0.4), colour = random.Next(10) < 6 ? "red" : "blue" });

        var drift = await (await _viewer.GetAsync("/api/v1/agents/moved/monitoring/drift?window=PT1H")).ShouldBeJsonAsync(HttpStatusCode.OK);

        drift.GetProperty("agent").GetString().ShouldBe("moved");
        drift.GetProperty("window").GetString().ShouldBe("PT1H");
        drift.GetProperty("state").GetString().ShouldBe("drifts");
        drift.GetProperty("decisions").GetInt64().ShouldBe(400);
        drift.GetProperty("from").GetString()!.ShouldEndWith("Z");
        var x = drift.GetProperty("features")[0];
        x.GetProperty("name").GetString().ShouldBe("x");
        x.GetProperty("state").GetString().ShouldBe("drifts");
        x.GetProperty("psi").GetDouble().ShouldBeGreaterThan(x.GetProperty("limit").GetDouble());
        x.GetProperty("n").GetInt64().ShouldBe(400);
        x.GetProperty("missingRate").GetDouble().ShouldBe(0);
        x.GetProperty("reference").GetArrayLength().ShouldBe(x.GetProperty("current").GetArrayLength());
        drift.GetProperty("features")[1].GetProperty("state").GetString().ShouldBe("stable");
    }

    [Fact]
    public async Task Performance_counts_what_was_answered()
    {
        await AgentStage.AgentAsync(portal, "counted");
        await AgentStage.DecideAsync(portal, "counted", 40, i => new { x = i % 4 == 0 ? 1.0 : -1.0, colour = "red" });

        var performance = await (await _viewer.GetAsync("/api/v1/agents/counted/monitoring/performance?window=PT1H")).ShouldBeJsonAsync(HttpStatusCode.OK);

        performance.GetProperty("decisions").GetInt64().ShouldBe(40);
        performance.GetProperty("accuracy").ValueKind.ShouldBe(JsonValueKind.Null);
        performance.GetProperty("latency").GetProperty("p99Microseconds").GetDouble().ShouldBeGreaterThan(0);
        performance.GetProperty("outputs")[0].GetProperty("label").GetString().ShouldBe("DOWN");
        performance.GetProperty("outputs")[0].GetProperty("share").GetDouble().ShouldBe(0.75);
        performance.GetProperty("outputs")[0].GetProperty("trainingShare").GetDouble().ShouldBe(0.58);
        performance.GetProperty("versions")[0].GetProperty("modelVersion").GetInt32().ShouldBe(1);
        performance.GetProperty("points").EnumerateArray().Sum(p => p.GetProperty("decisions").GetInt64()).ShouldBe(40);
    }

    [Fact]
    public async Task An_agent_without_decisions_has_states_and_no_figures()
    {
        await AgentStage.AgentAsync(portal, "silent");

        var drift = await (await _viewer.GetAsync("/api/v1/agents/silent/monitoring/drift")).ShouldBeJsonAsync(HttpStatusCode.OK);

        drift.GetProperty("state").GetString().ShouldBe("notEnoughData");
        drift.GetProperty("features")[0].GetProperty("psi").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("/api/v1/agents/nobody/monitoring/drift", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/agents/nobody/monitoring/performance", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/agents/nobody/monitoring/drift?window=1h", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/api/v1/agents/nobody/monitoring/performance?window=P400D", HttpStatusCode.UnprocessableEntity)]
    public async Task Unknown_agents_and_absurd_windows_are_refused(string path, HttpStatusCode status) =>
        await (await _viewer.GetAsync(path)).ShouldBeProblemAsync(status);
}
