using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Nexus.Data.Identity;
using Nexus.Inference.Tests.Agents;
using Nexus.Web.Agents;
using Nexus.Web.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Agents;

/// <summary>Whichever way a call goes, the answer and the refusal are the same.</summary>
public sealed class ShortWayTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Decide = "/api/v1/agents/price/decide";
    private const string Infer = "/v2/models/price/infer";
    private const string Good = """{"inputs": {"x": 2.0, "colour": "red"}}""";

    [Theory]
    [InlineData(Decide, Good, HttpStatusCode.OK)]
    [InlineData(Decide, """{"inputs": {"color": "red"}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData(Decide, "{", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/agents/absent/decide", Good, HttpStatusCode.NotFound)]
    [InlineData(Infer, """{"inputs": [{"name": "nothing", "shape": [1, 1], "datatype": "FP32", "data": [1]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("/v2/models/absent/infer", """{"inputs": []}""", HttpStatusCode.NotFound)]
    public async Task Both_ways_answer_alike(string path, string body, HttpStatusCode expected)
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());
        var engineer = portal.As("ada", Role.Engineer);

        using var usual = await engineer.PostAsync(path + "?long", Body(body, "application/json; charset=utf-8"));
        using var shortly = await engineer.PostAsync(path, Body(body, "application/json"));

        usual.StatusCode.ShouldBe(expected);
        shortly.StatusCode.ShouldBe(expected);
        Headers(shortly).ShouldBe(Headers(usual));
        var (one, other) = (await JsonAsync(usual), await JsonAsync(shortly));
        one.EnumerateObject().Select(m => m.Name).ShouldBe(other.EnumerateObject().Select(m => m.Name));
        if (one.TryGetProperty("detail", out var detail)) other.GetProperty("detail").GetString().ShouldBe(detail.GetString());
    }

    [Fact]
    public async Task A_key_that_is_revoked_is_refused_at_the_next_call_of_the_same_connection()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());
        var made = await portal.Get<PersonService>().CreateAsync(new("rex", "rex", [Role.Engineer]), PortalApp.Stage, CancellationToken.None);
        made.ShouldNotBeNull();
        var keys = portal.Get<KeyService>();
        var key = await keys.CreateAsync("rex", new("soon gone", [Role.Engineer]), PortalApp.Stage, CancellationToken.None);
        using var rex = portal.WithKey(key.Key);
        for (var i = 0; i < 3; i++)
        {
            using var answer = await rex.PostAsync(Decide, Body(Good, "application/json"));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await keys.RevokeAsync("rex", key.Id, PortalApp.Stage, CancellationToken.None);

        using var refused = await rex.PostAsync(Decide, Body(Good, "application/json"));
        await refused.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Roles_and_limits_count_on_the_short_way_too()
    {
        await using var strict = await PortalApp.StartAsync(new() { ["Nexus:Limits:RequestsPerSecond"] = "5" });
        await strict.ServeAsync("price", TestModels.Sigmoid());
        using var viewer = strict.WithKey(await strict.KeyAsync("vic", Role.Viewer));
        using var engineer = strict.WithKey(await strict.KeyAsync("ada", Role.Engineer));

        using var forbidden = await viewer.PostAsync(Decide, Body(Good, "application/json"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 200 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            using var answer = await engineer.PostAsync(Decide, Body(Good, "application/json"));
            statuses.Add(answer.StatusCode);
        }

        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        statuses[0].ShouldBe(HttpStatusCode.OK);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("/api/v1/agents/price/decide", "price", false)]
    [InlineData("/v2/models/a-1/infer", "a-1", true)]
    public void Plain_paths_are_read(string path, string agent, bool infers) => ShortRoute.Read(path).ShouldBe(new(path, agent, infers));

    [Theory]
    [InlineData("/api/v1/agents//decide")]
    [InlineData("/api/v1/agents/decide")]
    [InlineData("/api/v1/agents/a/b/decide")]
    [InlineData("/api/v1/agents/../decide")]
    [InlineData("/API/v1/agents/price/decide")]
    [InlineData("/api/v1/agents/price/decide/")]
    [InlineData("/v2/models/price/versions/3/infer")]
    public void Anything_unusual_is_left_to_the_router(string path) => ShortRoute.Read(path).ShouldBeNull();

    [Fact]
    public void The_short_way_asks_for_the_role_that_the_endpoints_name()
    {
        var asked = portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is "/api/v1/agents/{name}/decide" or "/v2/models/{agent}/infer")
            .Select(e => e.Metadata.GetOrderedMetadata<IAuthorizeData>().ShouldHaveSingleItem().Policy).ToList();

        asked.ShouldBe([Policies.Engineer, Policies.Engineer]);
        ShortWay.Asked.ToString().ShouldBe(Policies.Engineer);
    }

    private static StringContent Body(string json, string mediaType)
    {
        var content = new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    private static List<string> Headers(HttpResponseMessage answer) =>
        [.. answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Date" or "Content-Length")).Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order()];

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.Clone();
    }
}
