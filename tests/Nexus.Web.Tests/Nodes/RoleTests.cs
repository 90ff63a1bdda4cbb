using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Nodes;

/// <summary>What a node of one role starts and answers, and what it leaves to others.</summary>
public sealed class RoleTests
{
    private static readonly string[] OfJobs = ["JobsHost", "SweepWorker", "ExplanationWorker", "FeedbackSweep", "ApprovalExpiry", "SearchFill"];
    private static readonly string[] OfInference = ["JournalFlusher", "JournalDrain", "AgentLoader", "SampleTraffic"];
    private static readonly string[] OfWeb = ["LedgerWatch", "IdempotencySweep"];

    [Theory]
    [InlineData("web")]
    [InlineData("jobs")]
    [InlineData("inference")]
    [InlineData("jobs, Inference")]
    public async Task Node_starts_only_the_services_of_its_roles_and_tells_its_health(string roles)
    {
        await using var portal = await StartAsync(roles);
        var running = portal.Services.GetServices<IHostedService>().Select(s => s.GetType().Name).ToHashSet();

        Check(OfJobs, roles.Contains("jobs", StringComparison.OrdinalIgnoreCase));
        Check(OfInference, roles.Contains("inference", StringComparison.OrdinalIgnoreCase));
        Check(OfWeb, roles.Contains("web", StringComparison.OrdinalIgnoreCase));
        (await portal.Anonymous().GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.Anonymous().GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        if (roles != "jobs") return;
        await MisdirectedAsync(await portal.Bootstrap().GetAsync("/api/v1/runs"), "web");
        await MisdirectedAsync(await portal.Bootstrap().PostAsJsonAsync("/api/v1/agents/small/decide", new { }), "inference");

        void Check(string[] services, bool here)
        {
            foreach (var service in services) running.Contains(service).ShouldBe(here, service);
        }
    }

    [Fact]
    public async Task Web_node_shows_and_changes_but_answers_no_decisions()
    {
        await using var portal = await StartAsync("web");

        (await portal.Bootstrap().GetAsync("/api/v1/models")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.Anonymous().GetAsync("/sign-in")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.Bootstrap().GetAsync("/api/v1/agents")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await MisdirectedAsync(await portal.Bootstrap().PostAsJsonAsync("/api/v1/agents/small/decide", new { inputs = new { } }), "inference");
        (await portal.Bootstrap().PostAsJsonAsync("/v2/models/small/infer", new { inputs = Array.Empty<int>() })).StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        Directory.Exists(Path.Combine(portal.Directory, "journal")).ShouldBeFalse();
        portal.Errors.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Inference_node_answers_decisions_and_nothing_else()
    {
        await using var portal = await StartAsync("inference");

        await (await portal.Bootstrap().PostAsJsonAsync("/api/v1/agents/none/decide", new { inputs = new { } })).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        (await portal.Anonymous().GetAsync("/v2/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await MisdirectedAsync(await portal.Bootstrap().GetAsync("/api/v1/models"), "web");
        await MisdirectedAsync(await portal.Anonymous().GetAsync("/sign-in"), "web");
        await MisdirectedAsync(await portal.Anonymous().GetAsync("/"), "web");
        (await portal.As("eva", Role.Viewer).PostAsJsonAsync("/api/v1/agents/none/decide", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        portal.Errors.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unknown_role_is_refused_at_start()
    {
        var refused = await Should.ThrowAsync<Exception>(StartAsync("web,worker"));

        refused.ToString().ShouldContain("Nexus:Roles");
    }

    private static Task<PortalApp> StartAsync(string roles) => PortalApp.StartAsync(new() { ["Nexus:Roles"] = roles });

    private static async Task MisdirectedAsync(HttpResponseMessage answer, string role)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"the role {role};");
    }
}
