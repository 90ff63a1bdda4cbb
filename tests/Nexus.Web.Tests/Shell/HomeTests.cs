using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Identity;
using Nexus.Data.Monitoring;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell.Home;
using Nexus.Web.Tests.Agents;
using Nexus.Web.Tests.Platform;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Shell;

/// <summary>What Home is made of: all agents at a glance by few queries, and what waits for whom.</summary>
public sealed class HomeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fleet_says_of_an_agent_what_its_own_page_says()
    {
        await using var portal = await PortalApp.StartAsync();
        await AgentStage.AgentAsync(portal, "one");
        var ids = await AgentStage.DecideAsync(portal, "one", 260, i => new { x = 0.9 + (i % 10 / 100.0), colour = "green" });
        using (await portal.Bootstrap().PostAsJsonAsync("/api/v1/feedback", ids.Take(50).Select(id => new { decisionId = id, kind = "label", value = "UP" }), Stop))
        {
            // Told.
        }

        var fleet = (await portal.Get<AgentFleet>().GetAsync(anew: true, Stop)).ShouldHaveSingleItem();
        var page = await portal.Get<AgentPulses>().GetAsync("one", FleetReader.Window, Stop);

        var pulse = fleet.Pulse.ShouldNotBeNull();
        pulse.Health.ShouldBe(page.Health);
        pulse.Sentence.ShouldBe(page.Sentence);
        pulse.Performance.Decisions.ShouldBe(260);
        pulse.Performance.Accuracy.ShouldBe(page.Performance.Accuracy);
        pulse.Performance.Latency.ShouldBe(page.Performance.Latency);
        pulse.Drift.Features.Select(f => (f.Name, f.State, f.Psi)).ShouldBe(page.Drift.Features.Select(f => (f.Name, f.State, f.Psi)));
        pulse.Drift.Changed.ShouldBe(2);
    }

    [Fact]
    public async Task Fleet_gathers_few_decisions_from_the_days_before_as_the_agents_own_page_does()
    {
        await using var portal = await PortalApp.StartAsync(new() { ["Nexus:Monitoring:MaximumAge"] = "4.00:00:00" });
        foreach (var name in (string[])["few", "quiet"])
        {
            await AgentStage.AgentAsync(portal, name);
            await AgentStage.DecideAsync(portal, name, 150, i => new { x = i % 10 / 10.0, colour = i % 5 < 3 ? "red" : "blue" });
            await BackdateAsync(portal, name, TimeSpan.FromDays(3));
        }

        await AgentStage.DecideAsync(portal, "few", 100, i => new { x = i % 10 / 10.0, colour = i % 5 < 3 ? "red" : "blue" });

        var fleet = await portal.Get<AgentFleet>().GetAsync(anew: true, Stop);

        foreach (var (agent, pulse, _) in fleet)
        {
            var page = await portal.Get<MonitoringService>().DriftAsync(agent.Name, FleetReader.Window, Stop);
            var drift = pulse.ShouldNotBeNull().Drift;
            (drift.Decisions, drift.Grown, drift.State, drift.ModelVersion).ShouldBe((page.Decisions, page.Grown, page.State, page.ModelVersion));
            drift.Decisions.ShouldBe(agent.Name == "few" ? 250 : 150);
            drift.Grown.ShouldBeTrue();
            drift.Features.Select(f => f.Psi).ShouldBe(page.Features.Select(f => f.Psi));
        }
    }

    [Fact]
    public async Task Home_takes_as_many_queries_for_six_agents_as_for_one()
    {
        await using var portal = await CommandCounter.PortalAsync();
        async Task ReadAsync()
        {
            await portal.Get<HomeReader>().ReadAsync(PortalApp.Stage, Stop);
            await portal.Get<AgentFleet>().GetAsync(anew: true, Stop);
        }

        async Task<int> CountAsync()
        {
            await ReadAsync(); // what is made at first use is made outside the counted flow
            return await CommandCounter.CountAsync(ReadAsync);
        }

        await AgentStage.AgentAsync(portal, "a-1");
        await AgentStage.DecideAsync(portal, "a-1", 3, _ => new { x = 0.5, colour = "red" });
        var few = await CountAsync();
        foreach (var name in (string[])["a-2", "a-3", "a-4", "a-5", "a-6"])
        {
            await AgentStage.AgentAsync(portal, name);
            await AgentStage.DecideAsync(portal, name, 3, _ => new { x = 0.5, colour = "red" });
        }

        var many = await CountAsync();

        many.ShouldBe(few);
        many.ShouldBeInRange(1, 20);
        (await portal.Get<AgentFleet>().GetAsync(anew: true, Stop)).Count.ShouldBe(6);
    }

    [Fact]
    public async Task Agents_that_fail_come_before_those_that_drift_and_labels_come_last()
    {
        await using var portal = await PortalApp.StartAsync();
        await AgentStage.AgentAsync(portal, "drifts");
        await AgentStage.DecideAsync(portal, "drifts", 260, _ => new { x = 0.95, colour = "red" });
        var fleet = await portal.Get<AgentFleet>().GetAsync(anew: true, Stop);
        var engineer = new Actor("eva", new HashSet<Role> { Role.Engineer });

        var needs = Needs.Of(engineer, [], [], fleet, DateTimeOffset.UnixEpoch);

        needs.Select(n => n.Kind).ShouldBe(["Drift", "Labels"]);
        Needs.Sentence(fleet).ShouldBe("One agent drifts.");
        Needs.Of(new("vera", new HashSet<Role> { Role.Viewer }), [], [], fleet, DateTimeOffset.UnixEpoch).ShouldBeEmpty();
    }

    private static async Task BackdateAsync(PortalApp portal, string agent, TimeSpan by)
    {
        await using var db = portal.Open();
        var id = await db.Agents.Where(a => a.Name == agent).Select(a => a.Id).SingleAsync(Stop);
        var minutes = await db.MonitoringMinutes.AsNoTracking().Where(m => m.AgentId == id).ToListAsync(Stop);
        await db.MonitoringMinutes.Where(m => m.AgentId == id).ExecuteDeleteAsync(Stop);
        db.AddRange(minutes.Select(m => new MonitoringMinute
        {
            AgentId = id,
            ModelVersion = m.ModelVersion,
            Minute = m.Minute - by,
            Decisions = m.Decisions,
            Errors = m.Errors,
            Latency = m.Latency,
            Outputs = m.Outputs,
            Features = m.Features,
        }));
        await db.SaveChangesAsync(Stop);
    }
}
