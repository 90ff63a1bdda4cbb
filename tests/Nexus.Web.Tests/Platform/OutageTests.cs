using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nexus.Data.Identity;
using Nexus.Data.Storage.Health;
using Nexus.Inference.Tests.Agents;
using Nexus.Web.Tests.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

/// <summary>What a portal does while it lacks its database, and while the clock is wrong; the drills with real faults are among the end-to-end tests.</summary>
public sealed class OutageTests
{
    private static readonly object Inputs = new { inputs = new { x = 2.0, colour = "red" } };

    [Fact]
    public async Task Without_its_database_it_decides_refuses_changes_with_when_to_come_back_and_recovers_by_itself()
    {
        var probe = new Switched();
        await using var portal = await PortalApp.StartAsync(configure: services => services.RemoveAll<ISystemProbe>().AddSingleton<ISystemProbe>(probe));
        await portal.ServeAsync("price", TestModels.Sigmoid());
        var engineer = portal.As("ada", Role.Engineer);
        var first = await DecideAsync(engineer);
        (await portal.Anonymous().GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);

        probe.What = "gone";
        await UntilReadyAsync(portal, HttpStatusCode.ServiceUnavailable);
        var meanwhile = await DecideAsync(engineer);
        using var refused = await portal.As("lea", Role.Labeler, Role.Engineer).PostAsJsonAsync("/api/v1/feedback", new[] { new { decisionId = first, kind = "label", value = "UP" } });
        (await refused.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable)).GetProperty("detail").GetString()!.ShouldContain("does not answer");
        refused.Headers.RetryAfter.ShouldNotBeNull();

        probe.What = null;
        await UntilReadyAsync(portal, HttpStatusCode.OK);
        using var accepted = await portal.As("lea", Role.Labeler, Role.Engineer).PostAsJsonAsync("/api/v1/feedback", new[] { new { decisionId = meanwhile, kind = "label", value = "UP" } });
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Clock_set_back_an_hour_disturbs_no_decision_no_order_and_no_ledger()
    {
        var clock = new Shifted();
        await using var portal = await PortalApp.StartAsync(configure: services => services.AddSingleton<TimeProvider>(clock));
        await portal.ServeAsync("price", TestModels.Sigmoid());
        var engineer = portal.As("ada", Role.Engineer);
        List<Guid> made = [await DecideAsync(engineer), await DecideAsync(engineer)];

        clock.Shift = TimeSpan.FromHours(-1);
        made.AddRange([await DecideAsync(engineer), await DecideAsync(engineer)]);
        await portal.ServeAsync("other", TestModels.Sigmoid()); // versions, transitions and their entries in the ledger

        made.Select(id => id.ToString("N")).ShouldBe(made.Select(id => id.ToString("N")).Order(StringComparer.Ordinal));
        var seen = new List<Guid>();
        await portal.Get<Nexus.Inference.Agents.DecisionBacklog>().SettleAsync(CancellationToken.None);
        string? token = null;
        do
        {
            var page = await engineer.GetFromJsonAsync<JsonElement>($"/api/v1/agents/price/decisions?pageSize=1{(token is null ? "" : $"&pageToken={token}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("id").GetGuid()));
            token = page.GetProperty("nextPageToken").GetString();
        }
        while (token is not null);
        seen.ShouldBe([made[1], made[0], made[3], made[2]]); // by the time that each says it was made, whatever that is
        var ledger = await portal.Bootstrap().GetFromJsonAsync<JsonElement>("/api/v1/audit/verify");
        ledger.GetProperty("valid").GetBoolean().ShouldBeTrue();
        (await engineer.GetAsync("/api/v1/agents")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<Guid> DecideAsync(HttpClient http)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/agents/price/decide", Inputs);
        return (await answer.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("decisionId").GetGuid();
    }

    private static async Task UntilReadyAsync(PortalApp portal, HttpStatusCode wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await portal.Anonymous().GetAsync("/health/ready", limit.Token)).StatusCode != wanted) await Task.Delay(50, limit.Token);
    }

    private sealed class Switched : ISystemProbe
    {
        public string? What { get; set; }

        public string Part => SystemHealth.Database;

        public Task<string?> LookAsync(CancellationToken ct) => Task.FromResult(What);
    }

    private sealed class Shifted : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}
