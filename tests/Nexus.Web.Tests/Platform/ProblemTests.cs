using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

public sealed class ProblemTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly HttpClient _admin = portal.As("ada", Role.Admin);

    [Fact]
    public async Task Program_without_a_key_gets_401_and_no_redirect()
    {
        using var answer = await portal.Anonymous().GetAsync("/api/v1/me");

        await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Program_with_an_unknown_key_gets_401()
    {
        using var answer = await portal.WithKey("nxs_0123456789012345678901234567890123456789").GetAsync("/api/v1/me");

        await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1")]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/connect/token")]
    [InlineData("/docs")]
    [InlineData("/models")]
    [InlineData("/nothing-here")]
    [InlineData("/_blazor")]
    public async Task Program_gets_a_problem_and_never_a_redirect_at_any_address(string path)
    {
        using var unknown = await portal.WithKey("nxs_0123456789012345678901234567890123456789").GetAsync(path);
        using var basic = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "Authorization", "Basic YTpi" } } };
        using var other = await portal.Anonymous().SendAsync(basic);

        await unknown.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
        await other.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
        if (path is not ['/', 'v' or '.' or 'c', ..]) return;
        using var nobody = await portal.Anonymous().GetAsync(path);
        await nobody.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("POST", "people", "{\"userNmae\": \"x\", \"roles\": [\"Viewer\"]}", "There is no member 'userNmae'. Did you mean 'userName'?")]
    [InlineData("POST", "people", "{\"isAdmin\": true}", "There is no member 'isAdmin'. Known: userName, displayName, roles, password.")]
    [InlineData("PUT", "agents/x", "{\"modle\": \"x\"}", "There is no member 'modle'. Did you mean 'model'?")]
    [InlineData("PUT", "views/x", "{\"qurey\": \"x\"}", "There is no member 'qurey'. Did you mean 'query'?")]
    [InlineData("POST", "pipelines/x/runs", "{\"datset\": \"x@1\"}", "There is no member 'datset'. Did you mean 'dataset'?")]
    [InlineData("POST", "pipelines/x/sweeps", "{\"stopping\": {\"rul\": \"median\"}}", "There is no member 'rul'. Did you mean 'rule'?")]
    [InlineData("POST", "models/x/versions/1/what-if", "{\"inputs\": {\"any\": 1}, \"sweep\": {\"faeture\": \"any\"}}", "There is no member 'faeture'. Did you mean 'feature'?")]
    [InlineData("POST", "approvals/00000000-0000-0000-0000-000000000000/decisions", "{\"proof\": {\"pin\": 1}}", "There is no member 'pin'. Known: password, totp.")]
    public async Task Member_that_a_call_does_not_have_is_named(string method, string path, string body, string detail)
    {
        using var request = new HttpRequestMessage(new(method), $"/api/v1/{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await portal.Bootstrap().SendAsync(request);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("detail").GetString().ShouldBe(detail);
        problem.GetProperty("errors").EnumerateObject().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml")]
    [InlineData(";;;")]
    public async Task Problem_is_whole_whatever_the_caller_accepts(string accept)
    {
        foreach (var path in new[] { "/api/v1/people/nobody", "/api/v1/people?pageSize=ten", "/api/v1/nothing-here", "/api/v1/audit/0" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var answer = await _admin.SendAsync(request);
            await answer.ShouldBeProblemAsync(answer.StatusCode);
        }
    }

    [Fact]
    public async Task Program_without_the_role_gets_403()
    {
        using var answer = await portal.As("vera", Role.Viewer).GetAsync("/api/v1/people");

        await answer.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing-here", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1", HttpStatusCode.NotFound)]
    [InlineData("PATCH", "/api/v1/people", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/v1/people/nobody", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/people?pageSize=0", HttpStatusCode.UnprocessableEntity)]
    [InlineData("GET", "/api/v1/people?pageSize=ten", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/v1/people?pageToken=%00%ff", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/v1/people?pageToken=AAAA", HttpStatusCode.BadRequest)] // a text of NULs
    [InlineData("GET", "/openapi/v2.json", HttpStatusCode.NotFound)]
    public async Task Request_that_fits_no_route_is_a_problem(string method, string path, HttpStatusCode status)
    {
        using var answer = await _admin.SendAsync(new(new(method), path));

        await answer.ShouldBeProblemAsync(status);
        portal.Errors.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/v1/people?pageSize=ten", "'ten' is not a whole number, as pageSize is to be.")]
    [InlineData("/api/v1/audit?from=yesterday", "'yesterday' is not a time (ISO 8601), as from is to be.")]
    public async Task Value_that_cannot_be_read_is_named(string path, string detail)
    {
        using var answer = await _admin.GetAsync(path);

        (await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).GetProperty("detail").GetString().ShouldBe(detail);
    }

    public static TheoryData<string, HttpStatusCode> Bodies => new()
    {
        { "", HttpStatusCode.BadRequest },
        { "null", HttpStatusCode.BadRequest },
        { "{", HttpStatusCode.BadRequest },
        { "[]", HttpStatusCode.BadRequest },
        { "{\"userName\": \"x\", \"userName\": \"y\", \"roles\": [\"Viewer\"]}", HttpStatusCode.BadRequest },
        { "{\"userName\": 7}", HttpStatusCode.BadRequest },
        { "{\"userName\": \"x\", \"roles\": [\"Emperor\"]}", HttpStatusCode.BadRequest },
        { "{\"userName\": \"x\", \"roles\": [3]}", HttpStatusCode.BadRequest },
        { "{\"roles\": " + new string('[', 100) + new string(']', 100) + "}", HttpStatusCode.BadRequest },
        { "{\"userName\": \"\\ud800\", \"roles\": [\"Viewer\"]}", HttpStatusCode.BadRequest },
        { "{}", HttpStatusCode.UnprocessableEntity },
        { "{\"userName\": \"x y\", \"roles\": [\"Viewer\"]}", HttpStatusCode.UnprocessableEntity },
        { "{\"userName\": \"x\", \"roles\": []}", HttpStatusCode.UnprocessableEntity },
        { "{\"userName\": \"x\", \"displayName\": \"\\u0000\", \"roles\": [\"Viewer\"]}", HttpStatusCode.UnprocessableEntity },
        { "{\"userName\": \"bootstrap\", \"roles\": [\"Viewer\"]}", HttpStatusCode.UnprocessableEntity },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_that_is_none_of_this_call_is_a_problem(string body, HttpStatusCode status)
    {
        using var answer = await _admin.PostAsync("/api/v1/people", new StringContent(body, Encoding.UTF8, "application/json"));

        await answer.ShouldBeProblemAsync(status);
        portal.Errors.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_of_another_media_type_is_415()
    {
        using var answer = await _admin.PostAsync("/api/v1/people", new StringContent("userName=x", Encoding.UTF8, "text/plain"));

        await answer.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Body_of_an_unknown_charset_is_415()
    {
        using var content = new StringContent("{}");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=nonsense");
        using var answer = await _admin.PostAsync("/api/v1/people", content);

        await answer.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);
        portal.Errors.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"inputs\": {\"x\": {\"a\": 1, \"a\": 2}}}")]
    [InlineData("{\"inputs\": {\"x\": 1, \"x\": 2}}")]
    [InlineData("{\"inputs\": {\"x\": 1}, \"sweep\": {\"feature\": \"x\", \"values\": [{\"a\": 1, \"a\": 2}]}}")]
    [InlineData("{\"inputs\": [1]}")]
    public async Task Member_given_twice_is_a_problem_at_any_depth(string body)
    {
        using var answer = await _admin.PostAsync("/api/v1/models/x/versions/1/what-if", new StringContent(body, Encoding.UTF8, "application/json"));

        await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        portal.Errors.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_beyond_16_MiB_is_413()
    {
        using var content = new ByteArrayContent(new byte[(16 * 1024 * 1024) + 1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/people") { Content = content, Headers = { ExpectContinue = true } };
        using var answer = await _admin.SendAsync(request);

        await answer.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Page_without_a_session_leads_to_sign_in()
    {
        using var answer = await portal.Anonymous().GetAsync("/");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.PathAndQuery.ShouldStartWith("/sign-in");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/sign-in")]
    public async Task Health_and_sign_in_are_open(string path)
    {
        using var answer = await portal.Anonymous().GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }
}
