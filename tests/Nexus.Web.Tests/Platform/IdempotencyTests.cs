using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

public sealed class IdempotencyTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly HttpClient _admin = portal.As("root", Role.Admin);

    [Fact]
    public async Task Same_key_and_body_gives_the_first_answer_and_acts_once()
    {
        var first = await (await PostAsync("twice", "one")).ShouldBeJsonAsync(HttpStatusCode.Created);
        using var again = await PostAsync("twice", "one");

        (await again.ShouldBeJsonAsync(HttpStatusCode.Created)).GetRawText().ShouldBe(first.GetRawText());
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        await using var db = portal.Open();
        (await db.ApiKeys.CountAsync(k => k.Name == "one")).ShouldBe(1);
        var kept = await db.IdempotentRequests.SingleAsync(r => r.Key == "twice");
        System.Text.Encoding.UTF8.GetString(kept.Body!).ShouldNotContain(first.GetProperty("key").GetString()!);
    }

    [Fact]
    public async Task Same_key_with_another_body_is_a_conflict_and_does_nothing()
    {
        await (await PostAsync("other", "two")).ShouldBeJsonAsync(HttpStatusCode.Created);

        await (await PostAsync("other", "three")).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        await using var db = portal.Open();
        (await db.ApiKeys.AnyAsync(k => k.Name == "three")).ShouldBeFalse();
    }

    [Fact]
    public async Task Key_of_a_refused_request_is_free_again()
    {
        await (await PostAsync("freed", "")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);

        await (await PostAsync("freed", "four")).ShouldBeJsonAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Key_is_each_persons_own()
    {
        await (await PostAsync("shared", "five")).ShouldBeJsonAsync(HttpStatusCode.Created);

        var other = await portal.As("otto", Role.Admin).SendAsync(Request("shared", "six"));
        (await other.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("name").GetString().ShouldBe("six");
    }

    [Fact]
    public async Task Two_at_once_act_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("race", "seven")));

        answers.ShouldContain(a => a.StatusCode == HttpStatusCode.Created);
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created || a.StatusCode == HttpStatusCode.Conflict);
        await using var db = portal.Open();
        (await db.ApiKeys.CountAsync(k => k.Name == "seven")).ShouldBe(1);
    }

    private Task<HttpResponseMessage> PostAsync(string key, string name) => _admin.SendAsync(Request(key, name));

    private static HttpRequestMessage Request(string key, string name) =>
        new(HttpMethod.Post, "/api/v1/people/root/keys") { Content = JsonContent.Create(new { name }), Headers = { { "Idempotency-Key", key } } };
}
