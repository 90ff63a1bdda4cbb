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
        { string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100), HttpStatusCode.BadRequest },
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
