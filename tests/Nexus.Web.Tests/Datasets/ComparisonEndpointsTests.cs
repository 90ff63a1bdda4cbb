using System.Net;
using System.Text;
using System.Text.Json;
using Nexus.Data.Datasets;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Datasets;

public sealed class ComparisonEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly string _name = $"c-{Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Url => $"/api/v1/datasets/{_name}/versions/2";

    [Fact]
    public async Task Comparison_difference_and_correlations_are_answered_to_a_viewer()
    {
        await ImportAsync("id,kind,x\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{(i % 2 == 0 ? "a" : "b")},{i * 2}\n")));
        await ImportAsync("id,kind,x\n" + string.Concat(Enumerable.Range(1, 200).Select(i => $"{i},{(i % 2 == 0 ? "a" : i % 5 == 0 ? "new" : "b")},{i * 2}\n")));

        var comparison = await GetAsync($"{Url}/comparison");
        var kind = comparison.GetProperty("columns").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "kind");
        (kind.GetProperty("kind").GetString(), kind.GetProperty("newValues")[0].GetProperty("value").GetString()).ShouldBe(("NewValue", "new"));
        (await GetAsync($"{Url}/comparison?against=1")).ToString().ShouldBe(comparison.ToString());

        var difference = await GetAsync($"{Url}/difference?key=id");
        (difference.GetProperty("added").GetInt64(), difference.GetProperty("removed").GetInt64(), difference.GetProperty("changed").GetInt64()).ShouldBe((1, 1, 20));
        (await GetAsync($"{Url}/difference")).GetProperty("changed").ValueKind.ShouldBe(JsonValueKind.Null);
        var rows = await GetAsync($"{Url}/difference/rows?kind=changed&key=id&pageSize=15");
        rows.GetProperty("items").GetArrayLength().ShouldBe(15);
        rows.GetProperty("items")[0].GetProperty("changes").ToString().ShouldBe("""[{"column":"kind","before":"b","now":"new"}]""");
        (await GetAsync($"{Url}/difference/rows?kind=changed&key=id&pageSize=15&pageToken={rows.GetProperty("nextPageToken").GetString()}")).GetProperty("items").GetArrayLength().ShouldBe(5);

        var page = await GetAsync($"{Url}/rows?sort=-id&column=kind&is=equals&value=new&pageSize=2");
        page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("cells")[0].GetInt64()).ShouldBe([195, 185]);
        (await GetAsync($"{Url}/rows?sort=-id&column=kind&is=equals&value=new&pageSize=2&pageToken={page.GetProperty("nextPageToken").GetString()}")).GetProperty("items")[0].GetProperty("cells")[0].GetInt64().ShouldBe(175);

        var correlations = await GetAsync($"{Url}/correlations?pairs=1");
        correlations.GetProperty("pairs").GetArrayLength().ShouldBe(1);
        correlations.GetProperty("pairs")[0].GetProperty("pearson").GetDouble().ShouldBe(1, 1e-9);
    }

    [Fact]
    public async Task What_is_not_there_or_not_understood_is_refused()
    {
        await ImportAsync("id,x\n1,2\n1,3\n");
        await ImportAsync("id,x\n1,2\n2,3\n");

        await RefusedAsync($"{Url}/comparison?against=7", HttpStatusCode.NotFound);
        await RefusedAsync($"/api/v1/datasets/{_name}/versions/1/comparison", HttpStatusCode.NotFound);
        await RefusedAsync($"{Url}/difference?key=id", HttpStatusCode.UnprocessableEntity);
        await RefusedAsync($"{Url}/difference?key=nothing", HttpStatusCode.UnprocessableEntity);
        await RefusedAsync($"{Url}/difference/rows?kind=other", HttpStatusCode.UnprocessableEntity);
        await RefusedAsync($"{Url}/difference/rows?kind=3", HttpStatusCode.UnprocessableEntity);
        await RefusedAsync($"{Url}/difference/rows?kind=added&pageToken=*", HttpStatusCode.BadRequest);
        await RefusedAsync($"{Url}/difference/rows?kind=added&pageSize=0", HttpStatusCode.UnprocessableEntity);
        await RefusedAsync($"{Url}/rows?sort=nothing", HttpStatusCode.UnprocessableEntity);
        await RefusedAsync($"{Url}/rows?column=id&is=like&value=1", HttpStatusCode.UnprocessableEntity);
        await RefusedAsync($"{Url}/correlations?pairs=0", HttpStatusCode.UnprocessableEntity);
    }

    private async Task RefusedAsync(string url, HttpStatusCode status)
    {
        using var answer = await portal.As("vera", Role.Viewer).GetAsync(url, Stop);
        await answer.ShouldBeProblemAsync(status);
    }

    private async Task<JsonElement> GetAsync(string url)
    {
        using var answer = await portal.As("vera", Role.Viewer).GetAsync(url, Stop);
        return await answer.ShouldBeJsonAsync(HttpStatusCode.OK);
    }

    private async Task ImportAsync(string csv) => await portal.Get<DatasetService>().ImportAsync(
        _name, new MemoryStream(Encoding.UTF8.GetBytes(csv)), ImportFormats.Csv, "file.csv", null, PortalApp.Stage, Stop);
}
