using System.Net;
using System.Net.Http.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Identity;

public sealed class PeopleEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly HttpClient _admin = portal.As("root", Role.Admin);

    [Fact]
    public async Task Person_is_made_with_an_email_and_gets_a_key_that_works_before_any_sign_in()
    {
        using var made = await _admin.PostAsJsonAsync("/api/v1/people", new { userName = "ada@example.org", displayName = "Ada", roles = new[] { "Engineer", "Approver" } });
        var person = await made.ShouldBeJsonAsync(HttpStatusCode.Created);
        person.GetProperty("userName").GetString().ShouldBe("ada@example.org");
        person.GetProperty("setupPath").GetString()!.ShouldStartWith("/set-up?token=");

        using var keyed = await _admin.PostAsJsonAsync("/api/v1/people/ada@example.org/keys", new { name = "ci" });
        var key = await keyed.ShouldBeJsonAsync(HttpStatusCode.Created);
        key.GetProperty("expiresAt").GetString()!.ShouldEndWith("Z");

        using var client = portal.WithKey(key.GetProperty("key").GetString()!);
        var me = await (await client.GetAsync("/api/v1/me")).ShouldBeJsonAsync(HttpStatusCode.OK);
        me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()).ShouldBe(["Engineer", "Approver"]);

        (await _admin.DeleteAsync($"/api/v1/people/ada@example.org/keys/{key.GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await client.GetAsync("/api/v1/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Name_taken_in_another_case_is_a_conflict()
    {
        await (await CreateAsync("carl", "Viewer")).ShouldBeJsonAsync(HttpStatusCode.Created);

        await (await CreateAsync("CARL", "Viewer")).ShouldBeProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Keys_of_another_person_are_an_admins_alone()
    {
        await CreateAsync("dora", "Viewer");

        await (await portal.As("eve", Role.Engineer).PostAsJsonAsync("/api/v1/people/dora/keys", new { name = "stolen" })).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        await (await _admin.PostAsJsonAsync("/api/v1/people/dora/keys", new { name = "more", roles = new[] { "Admin" } })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await _admin.PostAsJsonAsync("/api/v1/people/dora/keys", new { name = "old", expiresAt = "2001-01-01T00:00:00Z" })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Disabled_person_is_out_at_once_and_nobody_locks_themselves_out()
    {
        var frank = portal.As("frank", Role.Engineer);
        (await frank.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await _admin.PostAsync("/api/v1/people/frank/disable", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await (await frank.GetAsync("/api/v1/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
        await (await _admin.PostAsync("/api/v1/people/root/disable", null)).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        await (await _admin.PutAsJsonAsync("/api/v1/people/root/roles", new { roles = new[] { "Viewer" } })).ShouldBeProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task List_pages_by_name()
    {
        for (var i = 0; i < 5; i++) await CreateAsync($"page-{i}", "Viewer");
        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await (await _admin.GetAsync($"/api/v1/people?pageSize=2&pageToken={token}")).ShouldBeJsonAsync(HttpStatusCode.OK);
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("userName").GetString()!));
            token = page.GetProperty("nextPageToken").GetString();
        }
        while (token is not null);

        names.ShouldBe(names.Order(StringComparer.OrdinalIgnoreCase));
        names.Count(n => n.StartsWith("page-", StringComparison.Ordinal)).ShouldBe(5);
        names.Distinct().Count().ShouldBe(names.Count);
    }

    private Task<HttpResponseMessage> CreateAsync(string userName, params string[] roles) =>
        _admin.PostAsJsonAsync("/api/v1/people", new { userName, displayName = userName, roles, password = "four words make it" });
}
