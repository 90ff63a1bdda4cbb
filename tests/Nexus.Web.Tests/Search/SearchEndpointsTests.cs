using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Search;

public sealed class SearchEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dataset_is_found_by_name_and_by_column_at_once()
    {
        using var upload = new StringContent("voltage,region\n1,2\n", Encoding.UTF8, "text/csv");
        (await portal.As("eva", Role.Engineer).PostAsync("/api/v1/datasets/meters/versions", upload, Stop)).EnsureSuccessStatusCode();

        foreach (var query in (string[])["met", "VOLT", "region meters"])
        {
            var answer = await portal.As("vera", Role.Viewer).GetFromJsonAsync<JsonElement>($"/api/v1/search?q={query}", Stop);
            var item = answer.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
            (item.GetProperty("subject").GetString(), item.GetProperty("kind").GetString(), item.GetProperty("title").GetString()).ShouldBe(("dataset/meters", "dataset", "meters"));
        }
    }

    [Theory]
    [InlineData("q=%22)*(%00&kind=dataset", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("q=x&kind=secret", HttpStatusCode.UnprocessableEntity)]
    [InlineData("q=x&pageSize=101", HttpStatusCode.UnprocessableEntity)]
    public async Task Odd_queries_are_answered_or_refused(string query, HttpStatusCode status)
    {
        using var answer = await portal.As("vera", Role.Viewer).GetAsync($"/api/v1/search?{query}", Stop);
        answer.StatusCode.ShouldBe(status);
    }
}
