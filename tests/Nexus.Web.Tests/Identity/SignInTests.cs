using System.Net;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Identity;

public sealed class SignInTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Password = "four words make it";

    [Fact]
    public async Task Person_signs_in_and_out_and_a_disabled_one_is_out_at_once()
    {
        await MakeAsync("ada");
        using var browser = new SignInBrowser(portal);

        using var answer = await browser.SignInAsync("ada", Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("nexus=", StringComparison.Ordinal) && c.Contains("httponly", StringComparison.OrdinalIgnoreCase) && c.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase) && !c.Contains("secure", StringComparison.OrdinalIgnoreCase));
        (await browser.Client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await portal.Get<PersonService>().DisableAsync("ada", PortalApp.Stage, CancellationToken.None);
        (await browser.Client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await (await browser.Client.GetAsync("/api/v1/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Wrong_password_says_no_more_than_that_and_five_let_the_client_wait()
    {
        await MakeAsync("bert");
        using var browser = new SignInBrowser(portal);
        for (var i = 0; i < 5; i++) (await (await browser.SignInAsync("bert", "wrong")).Content.ReadAsStringAsync()).ShouldContain("wrong");
        (await (await browser.SignInAsync("nobody", "wrong")).Content.ReadAsStringAsync()).ShouldContain("The user name or the password is wrong");

        using var answer = await browser.SignInAsync("bert", Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Too many wrong passwords from here. Try again in 5 min.");
    }

    [Fact]
    public async Task Cookie_changes_something_from_a_page_of_the_portal_alone()
    {
        await MakeAsync("cora");
        using var browser = new SignInBrowser(portal);
        await browser.SignInAsync("cora", Password);

        (await PostAsync(null)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync("https://elsewhere.example")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await (await browser.Client.PostAsync("/api/v1/people/cora/keys", new StringContent("{}"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        (await browser.Client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await PostAsync(portal.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.Client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        async Task<HttpResponseMessage> PostAsync(string? origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Content = new FormUrlEncodedContent([]) };
            if (origin is not null) request.Headers.Add("Origin", origin);
            return await browser.Client.SendAsync(request);
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
}
