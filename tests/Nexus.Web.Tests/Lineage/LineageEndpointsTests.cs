using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Lineage;

public sealed class LineageEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lineage_of_an_upload_names_who_made_it()
    {
        using var upload = new StringContent("a,b\n1,2\n", Encoding.UTF8, "text/csv");
        (await portal.As("eva", Role.Engineer).PostAsync("/api/v1/datasets/rows/versions", upload, Stop)).EnsureSuccessStatusCode();

        var answer = await portal.As("vera", Role.Viewer).GetFromJsonAsync<JsonElement>("/api/v1/lineage/dataset/rows?direction=up&depth=2", Stop);

        answer.GetProperty("root").GetString().ShouldBe("dataset/rows@1");
        answer.GetProperty("truncated").GetBoolean().ShouldBeFalse();
        answer.GetProperty("nodes").EnumerateArray().Select(n => $"{n.GetProperty("id")} {n.GetProperty("kind")} {n.GetProperty("title")} {n.GetProperty("more")}")
            .ShouldBe(["dataset/rows@1 dataset rows 1 0", "person/eva person eva 0"]);
        var edge = answer.GetProperty("edges").EnumerateArray().Single();
        (edge.GetProperty("from").GetString(), edge.GetProperty("relation").GetString(), edge.GetProperty("to").GetString()).ShouldBe(("person/eva", "made", "dataset/rows@1"));
        edge.GetProperty("at").GetString()!.ShouldEndWith("Z");
    }

    [Theory]
    [InlineData("dataset/none", HttpStatusCode.NotFound)]
    [InlineData("decision/0199aaaa-0000-7000-8000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("dataset", HttpStatusCode.BadRequest)]
    [InlineData("dataset/none?depth=21", HttpStatusCode.UnprocessableEntity)]
    [InlineData("dataset/none?maxNodes=0", HttpStatusCode.UnprocessableEntity)]
    [InlineData("dataset/none?direction=left", HttpStatusCode.UnprocessableEntity)]
    public async Task What_cannot_be_answered_is_a_problem(string subject, HttpStatusCode status)
    {
        using var answer = await portal.As("vera", Role.Viewer).GetAsync($"/api/v1/lineage/{subject}", Stop);
        await answer.ShouldBeProblemAsync(status);
    }
}
