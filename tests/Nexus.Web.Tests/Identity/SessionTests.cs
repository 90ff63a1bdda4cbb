using System.Net;
using Microsoft.AspNetCore.Routing;
using Nexus.Data.Identity;
using Nexus.Web.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Identity;

/// <summary>What a session's cookie is, and what another site can do with it: nothing.</summary>
public sealed class SessionTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Password = "four words make it";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_is_new_at_each_sign_in_and_its_cookies_are_for_the_portal_alone()
    {
        using var browser = await MakeAsync("ada");
        browser.Cookies.Add(new Cookie(CookieSessions.CookieName, "planted", "/", browser.Client.BaseAddress!.Host));

        using var first = await browser.SignInAsync("ada", Password);
        using var second = await browser.SignInAsync("ada", Password);

        string SessionOf(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(CookieSessions.CookieName + "=", StringComparison.Ordinal));
        SessionOf(first).ShouldNotContain("planted");
        SessionOf(second).Split(';')[0].ShouldNotBe(SessionOf(first).Split(';')[0]);
        foreach (var cookie in first.Headers.GetValues("Set-Cookie"))
        {
            cookie.ShouldContain("httponly", Case.Insensitive);
            cookie.ShouldContain("samesite=lax", Case.Insensitive);
            cookie.ShouldContain("path=/", Case.Insensitive);
        }
    }

    [Fact]
    public async Task Request_by_cookie_that_changes_something_is_refused_when_it_comes_from_elsewhere()
    {
        using var browser = await MakeAsync("bert");
        (await browser.SignInAsync("bert", Password)).Dispose();
        var unsafeCalls = portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(m => (Method: m, Path: PathOf(e))))
            .Where(c => c.Method is not ("GET" or "HEAD" or "OPTIONS") && (c.Path.StartsWith("/api/", StringComparison.Ordinal) || c.Path.StartsWith("/v2/", StringComparison.Ordinal) || c.Path == "/sign-out")).Distinct().ToList();
        unsafeCalls.Count.ShouldBeGreaterThan(40);

        foreach (var (method, path) in unsafeCalls)
        {
            foreach (var (header, value) in new[] { ("X-Nothing", "1"), ("Origin", "https://elsewhere.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site") })
            {
                using var request = new HttpRequestMessage(new(method), path);
                request.Headers.Add(header, value);
                using var answer = await browser.Client.SendAsync(request, Stop);
                answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{method} {path} {header}: {value}");
            }
        }
    }

    [Theory]
    [InlineData("/_blazor")]
    [InlineData("/hubs/live")]
    public async Task Socket_by_cookie_is_refused_when_it_is_opened_from_elsewhere(string path)
    {
        using var browser = await MakeAsync("cora");
        (await browser.SignInAsync("cora", Password)).Dispose();

        (await OpenAsync("https://elsewhere.example")).ShouldBe(HttpStatusCode.BadRequest);
        (await OpenAsync(browser.Client.BaseAddress!.GetLeftPart(UriPartial.Authority))).ShouldBe(HttpStatusCode.SwitchingProtocols);

        async Task<HttpStatusCode> OpenAsync(string origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
            request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
            request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
            request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
            request.Headers.TryAddWithoutValidation("Origin", origin);
            using var answer = await browser.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("/sign-in", "sign-in")]
    [InlineData("/set-up?token=x", "set-up")]
    public async Task Form_without_its_token_is_refused(string page, string form)
    {
        using var browser = new SignInBrowser(portal);
        var other = await browser.TokenAsync("/sign-in");
        using var stranger = new SignInBrowser(portal); // the token is of another browser's
        foreach (var token in new[] { "", "x", other })
        {
            using var answer = await stranger.Client.PostAsync(page, new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = form, ["__RequestVerificationToken"] = token, ["Form.UserName"] = "ada", ["Form.Password"] = Password }), Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/models")]
    [InlineData("/settings/people")]
    [InlineData("/nothing-here")]
    [InlineData("/docs")]
    [InlineData("/api/v1/me")]
    [InlineData("/api/v1/nothing-here")]
    [InlineData("/js/shell.js")]
    public async Task Answer_is_framed_by_nobody(string path)
    {
        using var browser = await MakeAsync("dora");
        (await browser.SignInAsync("dora", Password)).Dispose();
        foreach (var client in new[] { browser.Client, portal.Anonymous() })
        {
            using var answer = await client.GetAsync(path, Stop);
            string.Join(';', answer.Headers.GetValues("Content-Security-Policy")).ShouldContain("frame-ancestors 'none'");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Sign_in_leads_to_no_other_site(string to)
    {
        using var browser = await MakeAsync("emil");

        using var answer = await browser.SignInAsync("emil", Password, $"/sign-in?ReturnUrl={Uri.EscapeDataString(to)}");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        new Uri(browser.Client.BaseAddress!, answer.Headers.Location!).ShouldBe(browser.Client.BaseAddress);
    }

    private static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.RawText!.Trim('/').Split('/').Select(part =>
        !part.StartsWith('{') ? part : part.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : part.Contains(":int", StringComparison.Ordinal) || part.Contains(":long", StringComparison.Ordinal) ? "1" : "x"));

    private async Task<SignInBrowser> MakeAsync(string name)
    {
        try
        {
            await portal.Get<PersonService>().CreateAsync(new(name, name, Enum.GetValues<Role>(), Password), PortalApp.Stage, Stop);
        }
        catch (Nexus.Data.RefusedException)
        {
            // The case before has made them.
        }

        return new(portal);
    }
}
