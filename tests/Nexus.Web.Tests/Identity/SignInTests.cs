using System.Net;
using System.Text.RegularExpressions;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Identity;

public sealed partial class SignInTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Password = "four words make it";

    [Fact]
    public async Task Person_signs_in_and_out_and_a_disabled_one_is_out_at_once()
    {
        await MakeAsync("ada");
        using var browser = Browser();

        using var answer = await SignInAsync(browser, "ada", Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("nexus=", StringComparison.Ordinal) && c.Contains("httponly", StringComparison.OrdinalIgnoreCase) && c.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase) && !c.Contains("secure", StringComparison.OrdinalIgnoreCase));
        (await browser.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await portal.Get<PersonService>().DisableAsync("ada", PortalApp.Stage, CancellationToken.None);
        (await browser.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await (await browser.GetAsync("/api/v1/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Wrong_password_says_no_more_than_that_and_five_lock_the_account()
    {
        await MakeAsync("bert");
        using var browser = Browser();
        for (var i = 0; i < 5; i++) (await (await SignInAsync(browser, "bert", "wrong")).Content.ReadAsStringAsync()).ShouldContain("wrong");
        (await (await SignInAsync(browser, "nobody", "wrong")).Content.ReadAsStringAsync()).ShouldContain("The user name or the password is wrong");

        using var answer = await SignInAsync(browser, "bert", Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Too many");
    }

    [Fact]
    public async Task Cookie_changes_something_from_a_page_of_the_portal_alone()
    {
        await MakeAsync("cora");
        using var browser = Browser();
        await SignInAsync(browser, "cora", Password);

        (await PostAsync(null)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync("https://elsewhere.example")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await (await browser.PostAsync("/api/v1/people/cora/keys", new StringContent("{}"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        (await browser.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await PostAsync(portal.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        async Task<HttpResponseMessage> PostAsync(string? origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Content = new FormUrlEncodedContent([]) };
            if (origin is not null) request.Headers.Add("Origin", origin);
            return await browser.SendAsync(request);
        }
    }

    [Fact]
    public async Task Page_carries_the_content_security_policy()
    {
        using var answer = await portal.Anonymous().GetAsync("/sign-in");

        var policy = string.Join(';', answer.Headers.GetValues("Content-Security-Policy"));
        policy.ShouldContain("script-src 'self' 'nonce-");
        policy.ShouldContain("style-src 'self' 'unsafe-inline'");
        policy.ShouldContain("worker-src 'self' blob:");
        policy.ShouldNotContain("unsafe-eval");
    }

    private async Task MakeAsync(string userName) =>
        await portal.Get<PersonService>().CreateAsync(new(userName, userName, [Role.Engineer], Password), PortalApp.Stage, CancellationToken.None);

    private HttpClient Browser() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new() }) { BaseAddress = portal.ClientOptions.BaseAddress };

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string userName, string password)
    {
        var page = await browser.GetStringAsync("/sign-in");
        var token = Antiforgery().Match(page).Groups[1].Value;
        return await browser.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = token,
            ["Form.UserName"] = userName,
            ["Form.Password"] = password,
        }));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Antiforgery();
}
