using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Datasets;

public sealed class DatasetEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Csv = "when,price,class\n2020-01-01T00:00:00Z,1.5,UP\n2020-01-01T00:30:00Z,,DOWN\n";

    private readonly string _name = $"d-{Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Engineer => portal.As("dora", Role.Engineer);

    private string Url => $"/api/v1/datasets/{_name}/versions";

    [Fact]
    public async Task Upload_of_a_csv_answers_the_version_as_the_contract_says_and_again_the_same()
    {
        using var first = await Engineer.PostAsync(Url, Raw(Csv), Stop);
        var version = await first.ShouldBeJsonAsync(HttpStatusCode.Created);
        using var second = await Engineer.PostAsync(Url, Raw(Csv), Stop);
        var again = await second.ShouldBeJsonAsync(HttpStatusCode.OK);

        first.Headers.Location!.ToString().ShouldBe($"{Url}/1");
        version.GetProperty("name").GetString().ShouldBe(_name);
        version.GetProperty("version").GetInt32().ShouldBe(1);
        version.GetProperty("digest").GetString().ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Csv))));
        version.GetProperty("rows").GetInt64().ShouldBe(2);
        version.GetProperty("columns").ToString().ShouldBe("""[{"name":"when","type":"timestamp"},{"name":"price","type":"number"},{"name":"class","type":"text"}]""");
        version.GetProperty("createdBy").GetString().ShouldBe("dora");
        again.ToString().ShouldBe(version.ToString());
    }

    [Fact]
    public async Task Reading_a_version_gives_list_profile_preview_and_the_original_bytes()
    {
        using var uploaded = await Engineer.PostAsync($"{Url}?source=prices.csv", Raw(Csv), Stop);
        await uploaded.ShouldBeJsonAsync(HttpStatusCode.Created);
        var viewer = portal.As("vera", Role.Viewer);

        var all = await GetAsync(viewer, $"/api/v1/datasets?filter={_name}");
        var item = all.GetProperty("items").EnumerateArray().Single();
        (item.GetProperty("name").GetString(), item.GetProperty("rows").GetInt64(), item.GetProperty("columns").GetInt32()).ShouldBe((_name, 2, 3));
        var versions = await GetAsync(viewer, Url);
        versions.GetProperty("items")[0].GetProperty("source").GetString().ShouldBe("prices.csv");
        versions.GetProperty("nextPageToken").ValueKind.ShouldBe(JsonValueKind.Null);
        (await GetAsync(viewer, $"{Url}/1")).GetProperty("version").GetInt32().ShouldBe(1);
        var profile = (await GetAsync(viewer, $"{Url}/1/profile")).GetProperty("columns")[1];
        (profile.GetProperty("missing").GetInt64(), profile.GetProperty("distinct").GetInt64(), profile.GetProperty("mean").GetDouble()).ShouldBe((1, 1, 1.5));
        (await GetAsync(viewer, $"{Url}/1/preview?rows=2")).GetProperty("rows").ToString()
            .ShouldBe("""[["2020-01-01T00:00:00Z",1.5,"UP"],["2020-01-01T00:30:00Z",null,"DOWN"]]""");
        using var content = await viewer.GetAsync($"{Url}/1/content", Stop);
        content.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await content.Content.ReadAsStringAsync(Stop)).ShouldBe(Csv);
    }

    [Fact]
    public async Task Upload_as_a_form_takes_file_and_types_in_any_order()
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent("zip,n\n1,2\n"u8.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", "zips.csv");
        form.Add(new StringContent("""{"zip":"text"}"""), "types");

        using var answer = await Engineer.PostAsync(Url, form, Stop);

        var version = await answer.ShouldBeJsonAsync(HttpStatusCode.Created);
        version.GetProperty("source").GetString().ShouldBe("zips.csv");
        version.GetProperty("columns").ToString().ShouldBe("""[{"name":"zip","type":"text"},{"name":"n","type":"integer"}]""");
    }

    [Fact]
    public async Task Upload_of_ndjson_with_types_in_the_query_is_taken()
    {
        using var answer = await Engineer.PostAsync(
            $"{Url}?types={Uri.EscapeDataString("""{"a":"text"}""")}", Raw("{\"a\":1}\n", "application/x-ndjson"), Stop);

        (await answer.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("columns")[0].GetProperty("type").GetString().ShouldBe("text");
    }

    [Fact]
    public async Task Upload_of_a_broken_file_is_refused_with_line_and_column_and_leaves_nothing()
    {
        using var answer = await Engineer.PostAsync(Url, Raw("a,b\n\"x\ny\",2\n3\n"), Stop);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()).ShouldBe((4, 2));
        using var versions = await Engineer.GetAsync(Url, Stop);
        await versions.ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/pdf", "%PDF", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data", "x", HttpStatusCode.BadRequest)]
    [InlineData("multipart/form-data; boundary=b", "no form", HttpStatusCode.BadRequest)]
    [InlineData("multipart/form-data; boundary=b", "--b--\r\n", HttpStatusCode.UnprocessableEntity)]
    [InlineData("text/csv", "", HttpStatusCode.UnprocessableEntity)]
    public async Task Upload_of_what_is_no_table_is_refused(string type, string body, HttpStatusCode status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await Engineer.PostAsync(Url, content, Stop);

        await answer.ShouldBeProblemAsync(status);
    }

    [Fact]
    public async Task Upload_under_a_bad_name_or_without_the_role_is_refused()
    {
        using var bad = await Engineer.PostAsync("/api/v1/datasets/No_Name/versions", Raw(Csv), Stop);
        await bad.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        using var viewer = await portal.As("vera", Role.Viewer).PostAsync(Url, Raw(Csv), Stop);
        await viewer.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        using var nobody = await portal.Anonymous().PostAsync(Url, Raw(Csv), Stop);
        await nobody.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Reading_what_is_not_there_is_not_found()
    {
        foreach (var path in new[] { Url, $"{Url}/1", $"{Url}/1/profile", $"{Url}/1/preview", $"{Url}/1/content" })
        {
            using var answer = await Engineer.GetAsync(path, Stop);
            await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound);
        }
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Stop);
        return await answer.ShouldBeJsonAsync(HttpStatusCode.OK);
    }

    private static ByteArrayContent Raw(string text, string type = "text/csv")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }
}
