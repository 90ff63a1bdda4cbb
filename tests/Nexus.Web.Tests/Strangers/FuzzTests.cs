using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using Nexus.Web.Tests.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Strangers;

/// <summary>
/// Requests made from the portal's own description, as every role and as nobody: none is answered by a failure, each refusal
/// is a problem that says what is wrong, and a refused request leaves everything as it was.
/// </summary>
public sealed class FuzzTests
{
    [Fact]
    public Task Hostile_requests_are_refused_by_a_problem_and_change_nothing() => RunAsync(seed: 20261124, requests: 400);

    [Fact]
    [Trait("Length", "Long")]
    public Task Ten_thousand_hostile_requests_are_refused_by_a_problem_and_change_nothing() =>
        RunAsync(seed: ulong.TryParse(Environment.GetEnvironmentVariable("NEXUS_TEST_SEED"), out var seed) ? seed : 5, requests: 10_000);

    [Fact]
    public async Task Hostile_forms_are_refused_and_sign_nobody_in()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var portal = await PortalApp.StartAsync(new() { ["Nexus:Limits:FailuresPerMinute"] = "100000" });
        await using var store = new StoreWatch(portal);
        await store.AcceptAsync(stop);
        foreach (var (page, form) in new[] { ("/sign-in", "sign-in"), ("/set-up?token=x", "set-up"), ("/sign-in", "nothing"), ("/sign-in?ReturnUrl=%00%0d%0a", "sign-in") })
        {
            using var browser = new SignInBrowser(portal);
            var token = await browser.TokenAsync("/sign-in");
            foreach (var text in Hostile.Texts.Where((_, i) => i % 20 == 0).Append(new string('é', 200_000)))
            {
                foreach (var field in new[] { "Form.UserName", "Form.Password", text, "Form", "Form.UserName[0]" })
                {
                    using var content = new FormUrlEncodedContent([new("_handler", form), new("__RequestVerificationToken", token), new("Form.UserName", ""), new(field, text), new(field, text)]);
                    using var answer = await browser.Client.PostAsync(page, content, stop);
                    ((int)answer.StatusCode).ShouldBeOneOf(200, 400, 404, 413);
                    answer.Headers.TryGetValues("Set-Cookie", out var cookies);
                    (cookies ?? []).ShouldNotContain(c => c.StartsWith("nexus=", StringComparison.Ordinal));
                }
            }
        }

        (await store.HasChangedAsync(stop)).ShouldBeFalse();
        portal.Errors.All.ShouldBeEmpty();
    }

    private static async Task RunAsync(ulong seed, int requests)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var portal = await PortalApp.StartAsync(new() { ["Nexus:Limits:FailuresPerMinute"] = "100000" });
        var stage = await FuzzStage.SetAsync(portal);
        var document = await portal.Bootstrap().GetFromJsonAsync<JsonElement>("/openapi/v1.json", stop);
        var any = new HostileRequests(document, stage).Any;
        await using var store = new StoreWatch(portal);
        await store.AcceptAsync(stop);
        var wrong = new List<string>();
        var refused = 0;
        var pcg = new PCG(1, seed);
        for (var i = 0; i < requests; i++)
        {
            var request = any.Generate(pcg, null, out _);
            var errors = portal.Errors.All.Count;
            using var message = request.Message(portal.ClientOptions.BaseAddress);
            using var answer = await stage.Client(request.Caller).SendAsync(message, stop);
            var body = await answer.Content.ReadAsStringAsync(stop);
            var told = Verdict.Of(request, answer, body);
            if ((int)answer.StatusCode >= 400) refused++;
            if (!answer.IsSuccessStatusCode && await store.HasChangedAsync(stop)) told ??= "changed what is stored";
            if (told is not null) wrong.Add($"{told}: {(int)answer.StatusCode} to {request}\n    {body[..Math.Min(body.Length, 300)]}\n    {string.Join("\n    ", portal.Errors.All.Skip(errors).Select(e => e[..Math.Min(e.Length, 1500)]))}");
            if (answer.IsSuccessStatusCode && request.Operation.Method != "GET" || told is not null) await store.AcceptAsync(stop);
        }

        wrong.ShouldBeEmpty();
        // Conflicts are told by the database itself, which has them logged as its own errors.
        portal.Errors.All.Where(e => !e.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)).ShouldBeEmpty();
        refused.ShouldBeInRange(requests / 4, requests * 9 / 10, "requests are to be neither all right nor all wrong");
    }
}
