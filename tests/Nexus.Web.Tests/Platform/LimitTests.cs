using System.Net;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

public sealed class LimitTests
{
    [Fact]
    public async Task Key_beyond_its_requests_gets_429_and_another_key_goes_on()
    {
        await using var portal = await PortalApp.StartAsync(new() { ["Nexus:Limits:RequestsPerSecond"] = "5" });
        var ada = portal.As("ada", Role.Viewer);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ada.GetAsync("/api/v1/me")));

        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await portal.As("bert", Role.Viewer).GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guessing_keys_is_slowed_down()
    {
        await using var portal = await PortalApp.StartAsync(new() { ["Nexus:Limits:FailuresPerMinute"] = "3" });
        using var guesser = portal.WithKey("nxs_not-a-key-at-all-0123456789");
        for (var i = 0; i < 3; i++) await (await guesser.GetAsync("/api/v1/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);

        await (await guesser.GetAsync("/api/v1/me")).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
        (await portal.As("ada", Role.Viewer).GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
