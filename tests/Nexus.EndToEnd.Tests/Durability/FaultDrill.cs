using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Nexus.EndToEnd.Tests.Pages;
using Shouldly;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>A portal that answers, a page that stays open on it, and what was acknowledged meanwhile.</summary>
internal sealed class FaultDrill : IAsyncDisposable
{
    private const string Page = "/agents/small";
    private readonly PortalProcess _portal;
    private readonly Browser _browser;
    private readonly Visitor _visitor;
    private readonly HttpClient _program; // by a key of a person, which the directory has to remember
    private readonly ConcurrentBag<string> _acknowledged = [];

    private FaultDrill(PortalProcess portal, Browser browser, Visitor visitor, HttpClient program) => (_portal, _browser, _visitor, _program) = (portal, browser, visitor, program);

    private ILocator Banner => _visitor.Page.Locator("main .banner[data-part]");

    public static async Task<FaultDrill> StartAsync(PortalProcess portal)
    {
        await Stories.ServeSmallModelAsync(portal);
        await portal.Http.PostJsonAsync("/api/v1/people", new { userName = FurnishedPortal.Person, displayName = "Otto", roles = new[] { "Engineer", "Labeler" }, password = FurnishedPortal.Password });
        var key = await portal.Http.PostJsonAsync($"/api/v1/people/{FurnishedPortal.Person}/keys", new { name = "drill" });
        var browser = await Browser.StartAsync();
        var visitor = await browser.VisitAsync(portal);
        await visitor.SignInAsync(FurnishedPortal.Person, FurnishedPortal.Password);
        await visitor.OpenAsync(Page);
        var drill = new FaultDrill(portal, browser, visitor, portal.ClientFor(key.Text("key")));
        await drill.DecideAsync(20);
        return drill;
    }

    /// <summary>Decides all along; the page says what is stale, changes are refused with when to come back.</summary>
    public async Task WithoutDatabaseAsync(TimeSpan length)
    {
        var clock = Stopwatch.StartNew();
        var slowest = TimeSpan.Zero;
        await UntilReadyAsync(HttpStatusCode.ServiceUnavailable);
        await SeeAsync("The database does not answer");
        (await _visitor.Page.Locator("main h1").InnerTextAsync()).ShouldContain("small"); // what was shown stays
        using (var refused = await _program.PostAsJsonAsync("/api/v1/feedback", new[] { new { decisionId = _acknowledged.First(), kind = "label", value = "yes-sir" } }))
            await ShouldBeForLaterAsync(refused);
        using (var refused = await _program.PostAsJsonAsync("/api/v1/pipelines/small/runs", new { }))
            await ShouldBeForLaterAsync(refused);
        while (clock.Elapsed < length)
        {
            var started = clock.Elapsed;
            await DecideAsync(5);
            if (clock.Elapsed - started > slowest) slowest = clock.Elapsed - started;
            await Task.Delay(200);
        }

        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(15), "decisions waited for the database");
    }

    public async Task ShouldRecoverAsync()
    {
        await UntilReadyAsync(HttpStatusCode.OK);
        await UntilGoneAsync();
        await DecideAsync(5);
        await LabelAsync();
        await VerifyAsync();
    }

    public async Task DecideAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var answer = await AskAsync(i);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            await KeepAsync(answer);
        }
    }

    /// <summary>So many at once.</summary>
    public Task DecideTogetherAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => DecideAsync(1)));

    public async Task LabelAsync()
    {
        using var accepted = await _program.PostAsJsonAsync("/api/v1/feedback", _acknowledged.Select(id => new { decisionId = id, kind = "label", value = "yes-sir" }));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    public async Task ShouldSeeNothingAsync() => (await Banner.CountAsync()).ShouldBe(0);

    /// <summary>What the journal has reserved is used up at some time; from then on nothing is acknowledged that could be lost.</summary>
    public async Task DecideUntilRefusedAsync()
    {
        for (var i = 0; i < 100_000; i++)
        {
            using var answer = await AskAsync(i);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                await KeepAsync(answer);
                continue;
            }

            await ShouldBeForLaterAsync(answer);
            return;
        }

        throw new InvalidOperationException("A full disk took 100,000 decisions.");
    }

    public static async Task ShouldBeForLaterAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    public async Task UntilReadyAsync(HttpStatusCode wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            using var answer = await _portal.Http.GetAsync("/health/ready", limit.Token);
            if (answer.StatusCode == wanted) return;
            await Task.Delay(200, limit.Token);
        }
    }

    public Task SeeAsync(string title) => Banner.GetByText(title).First.WaitForAsync(new() { Timeout = 60_000 });

    /// <summary>The open page is as it was, without anybody's touching it.</summary>
    public async Task UntilGoneAsync()
    {
        await Banner.First.WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = 60_000 });
        (await _visitor.Page.Locator("main h1").InnerTextAsync()).ShouldContain("small");
        await _visitor.OpenAsync($"{Page}/decisions");
        await _visitor.Page.Locator("main tbody tr").First.WaitForAsync();
    }

    /// <summary>Each acknowledged decision is stored, once, and counted once; the ledger verifies.</summary>
    public async Task VerifyAsync()
    {
        var performance = await _portal.Http.UntilAsync("/api/v1/agents/small/monitoring/performance?window=PT24H", p => p["decisions"]!.GetValue<long>() >= _acknowledged.Count);
        performance["decisions"]!.GetValue<long>().ShouldBe(_acknowledged.Count, "monitoring counts others than were acknowledged");
        var stored = new List<string>();
        string? token = null;
        do
        {
            var page = await _portal.Http.GetJsonAsync($"/api/v1/agents/small/decisions?pageSize=1000{(token is null ? "" : $"&pageToken={token}")}");
            stored.AddRange(page["items"]!.AsArray().Select(d => d!.Text("id")));
            token = page["nextPageToken"]?.GetValue<string>();
        }
        while (token is not null);
        stored.ShouldBe(_acknowledged, ignoreOrder: true);
        (await _portal.Http.GetJsonAsync("/api/v1/audit/verify"))["valid"]!.GetValue<bool>().ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        _program.Dispose();
        await _visitor.DisposeAsync();
        await _browser.DisposeAsync();
    }

    private Task<HttpResponseMessage> AskAsync(int i) =>
        _program.PostAsJsonAsync("/api/v1/agents/small/decide", new { inputs = new { a = i % 97 / 97.0, b = i % 89 / 89.0 }, unit = "drill" });

    private async Task KeepAsync(HttpResponseMessage answer) => _acknowledged.Add(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.Text("decisionId"));
}
