using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Nexus.Data.Identity;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell.Home;
using Nexus.Web.Tests.Agents;
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
        var page = await portal.Get<AgentPulses>().GetAsync("one", AgentFleet.Window, Stop);

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
    public async Task Home_takes_as_many_queries_for_six_agents_as_for_one()
    {
        await using var portal = await PortalApp.StartAsync();
        async Task ReadAsync()
        {
            await portal.Get<HomeReader>().ReadAsync(PortalApp.Stage, Stop);
            await portal.Get<AgentFleet>().GetAsync(anew: true, Stop);
        }

        async Task<int> CountAsync()
        {
            await ReadAsync(); // what is made at first use is made outside the counted flow
            using var queries = new Queries();
            Queries.Mine.Value = true;
            await ReadAsync();
            return queries.Count;
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
        many.ShouldBeLessThanOrEqualTo(20);
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

    /// <summary>Counts the commands of this very flow; the portal works beside.</summary>
    private sealed class Queries : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly List<IDisposable> _subscriptions = [];
        private int _count;

        public Queries() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

        public static AsyncLocal<bool> Mine { get; } = new();

        public int Count => _count;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == Microsoft.EntityFrameworkCore.DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Mine.Value && value.Key == RelationalEventId.CommandExecuting.Name) Interlocked.Increment(ref _count);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose()
        {
            foreach (var subscription in _subscriptions) subscription.Dispose();
        }
    }
}
