using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Nexus.Inference.Agents;
using Nexus.Inference.Tests.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Agents;

public sealed class OipEndpointTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Twice = """{"name": "x", "shape": [3, 1], "datatype": "FP32", "data": [1, [2], 3.5]}""";

    private static readonly Dictionary<string, string> Elements = new()
    {
        ["BOOL"] = "true, false",
        ["UINT8"] = "0, 255",
        ["UINT16"] = "0, 65535",
        ["UINT32"] = "0, 4294967295",
        ["UINT64"] = "0, 18446744073709551615",
        ["INT8"] = "-128, 127",
        ["INT16"] = "-32768, 32767",
        ["INT32"] = "-2147483648, 2147483647",
        ["INT64"] = "-9223372036854775807, 9223372036854775807",
        ["FP16"] = "-1.5, 0.25",
        ["FP32"] = "0.1, -3.4e+38",
        ["FP64"] = "0.1, 1.7976931348623157e+308",
        ["BYTES"] = "\"blé\", \"\"",
    };

    private HttpClient Engineer => portal.As("ada", Role.Engineer);

    [Fact]
    public async Task Metadata_tells_server_health_and_model()
    {
        await portal.ServeAsync("twice", TestModels.Twice());

        (await Engineer.GetFromJsonAsync<JsonElement>("/v2")).GetProperty("extensions")[0].GetString().ShouldBe("binary_tensor_data");
        (await portal.Anonymous().GetFromJsonAsync<JsonElement>("/v2/health/live")).GetProperty("live").GetBoolean().ShouldBeTrue();
        (await portal.Anonymous().GetFromJsonAsync<JsonElement>("/v2/health/ready")).GetProperty("ready").GetBoolean().ShouldBeTrue();
        (await Engineer.GetFromJsonAsync<JsonElement>("/v2/models/twice/ready")).GetProperty("ready").GetBoolean().ShouldBeTrue();
        (await Engineer.GetFromJsonAsync<JsonElement>("/v2/models/twice/versions/1/ready")).GetProperty("name").GetString().ShouldBe("twice");
        var model = await Engineer.GetFromJsonAsync<JsonElement>("/v2/models/twice");
        model.GetProperty("platform").GetString().ShouldBe("onnx_onnxv1");
        model.GetProperty("versions")[0].GetString().ShouldBe("1");
        model.GetProperty("inputs")[0].ToString().ShouldBe("""{"name":"x","datatype":"FP32","shape":[-1,1]}""");
    }

    [Fact]
    public async Task Infer_answers_rows_and_names_each_decision()
    {
        await portal.ServeAsync("rows", TestModels.Twice());

        var answer = await InferAsync("rows", $$"""{"id": "a\"b", "parameters": {"unit": "user-7"}, "inputs": [{{Twice}}] }""");

        answer.GetProperty("id").GetString().ShouldBe("a\"b");
        (answer.GetProperty("model_name").GetString(), answer.GetProperty("model_version").GetString()).ShouldBe(("rows", "1"));
        var output = answer.GetProperty("outputs")[0];
        output.ToString().ShouldBe("""{"name":"prediction","datatype":"FP32","shape":[3,1],"data":[2,4,7]}""");
        var ids = answer.GetProperty("parameters").GetProperty("decision_ids").EnumerateArray().Select(i => i.GetGuid()).ToList();
        ids.Distinct().Count().ShouldBe(3);
        await portal.Get<JournalDrain>().DrainAsync(CancellationToken.None);
        var read = await Engineer.GetFromJsonAsync<JsonElement>($"/api/v1/decisions/{ids[2]}");
        read.GetProperty("inputs").ToString().ShouldBe("""{"x":3.5}""");
        read.GetProperty("unit").GetString().ShouldBe("user-7");
        read.GetProperty("output").GetProperty("value").GetDouble().ShouldBe(7);
    }

    [Fact]
    public async Task Infer_without_id_omits_it_and_members_come_in_any_order()
    {
        await portal.ServeAsync("twice", TestModels.Twice());

        var answer = await InferAsync("twice", """{"outputs": [{"name": "prediction"}], "inputs": [{"data": [[1], [2]], "datatype": "FP32", "shape": [2, 1], "name": "x"}]}""");

        answer.TryGetProperty("id", out _).ShouldBeFalse();
        answer.GetProperty("outputs")[0].GetProperty("data").ToString().ShouldBe("[2,4]");
    }

    [Fact]
    public async Task Infer_carries_every_datatype_in_json_and_in_binary_both_ways()
    {
        await portal.ServeAsync("echo", TestModels.Echo());
        var tensors = Elements.Select(e => $$"""{"name": "in_{{e.Key}}", "shape": [2, 1], "datatype": "{{e.Key}}", "data": [{{e.Value}}]}""");

        using var first = await PostAsync("echo", $$"""{"inputs": [{{string.Join(", ", tensors)}} ], "parameters": {"binary_data_output": true} }""");
        var (header, binary) = await BinaryAsync(first);

        var described = header.GetProperty("outputs").EnumerateArray().ToList();
        described.Sum(o => o.GetProperty("parameters").GetProperty("binary_data_size").GetInt32()).ShouldBe(binary.Length);
        // What came out in binary goes in again as it is, and comes out as JSON.
        var inputs = described.Select(o => o.ToString().Replace("\"out_", "\"in_", StringComparison.Ordinal));
        using var second = await PostBinaryAsync("echo", $$"""{"inputs": [{{string.Join(", ", inputs)}}] }""", binary);
        foreach (var output in (await second.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("outputs").EnumerateArray())
        {
            var expected = JsonSerializer.Deserialize<JsonElement>($"[{Elements[output.GetProperty("datatype").GetString()!]}]");
            JsonElement.DeepEquals(output.GetProperty("data"), expected).ShouldBeTrue(output.ToString());
        }
    }

    [Fact]
    public async Task Infer_gives_one_output_in_binary_where_that_is_asked()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());

        using var answer = await PostAsync("price", """
            {"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP32", "data": [0]}, {"name": "colour", "shape": [1, 1], "datatype": "BYTES", "data": ["red"]},
              {"name": "at", "shape": [1, 1], "datatype": "INT64", "data": [5]}],
             "outputs": [{"name": "label"}, {"name": "scores", "parameters": {"binary_data": true}}]}
            """);
        var (header, binary) = await BinaryAsync(answer);

        header.GetProperty("outputs")[0].GetProperty("data").ToString().ShouldBe("""["DOWN"]""");
        header.GetProperty("outputs")[1].GetProperty("parameters").GetProperty("binary_data_size").GetInt32().ShouldBe(8);
        BinaryPrimitives.ReadSingleLittleEndian(binary.AsSpan(4)).ShouldBe(0.5f);
    }

    [Fact]
    public async Task Infer_of_a_version_answers_with_that_version()
    {
        await portal.ServeAsync("versions", TestModels.Sigmoid());
        await portal.ServeAsync("versions", TestModels.Twice());
        await portal.ServeAsync("versions", TestModels.Sigmoid(plus: 5), promote: false);

        using var second = await Engineer.PostAsync("/v2/models/versions/versions/2/infer", Json($$"""{"inputs": [{{Twice}}] }"""));
        using var ninth = await Engineer.PostAsync("/v2/models/versions/versions/9/infer", Json($$"""{"inputs": [{{Twice}}] }"""));
        var third = await Engineer.GetFromJsonAsync<JsonElement>("/v2/models/versions/versions/3");

        var answer = await second.ShouldBeJsonAsync(HttpStatusCode.OK);
        answer.GetProperty("model_version").GetString().ShouldBe("2");
        answer.GetProperty("parameters").GetProperty("variant").GetString().ShouldBe("production");
        await ShouldBeErrorAsync(ninth, HttpStatusCode.NotFound);
        third.GetProperty("inputs").GetArrayLength().ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"inputs": []}""", "'x' is missing")]
    [InlineData("""{}""", "inputs is missing")]
    [InlineData("""{"inputs": [{"name": "y", "shape": [1, 1], "datatype": "FP32", "data": [1]}]}""", "no input tensor 'y'")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, 2]}]}""", "'x' has shape [1,2], the model takes [-1,1]")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1], "datatype": "FP32", "data": [1]}]}""", "'x' has shape [1], the model takes [-1,1]")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [2, 1], "datatype": "FP32", "data": [1]}]}""", "'x' has 1 elements, but its shape [2,1] needs 2")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP32", "data": [1, 2]}]}""", "'x' has more elements")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP64", "data": [1]}]}""", "'x' has datatype FP64, the model takes FP32")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP31", "data": [1]}]}""", "'FP31'")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP32", "data": ["a"]}]}""", "'x' has element 0 that is no FP32")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP32", "data": [[[1]]]}]}""", "nested deeper")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP32"}]}""", "'x' has no data")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP32", "parameters": {"binary_data_size": 4}}]}""", "0 bytes are left")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [0, 1], "datatype": "FP32", "data": []}]}""", "rows are 1 to")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [4000000000, 1], "datatype": "FP32", "data": []}]}""", "[4000000000,1]")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [-1, 1], "datatype": "FP32", "data": []}]}""", "dimension")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP32", "data": [1]}], "outputs": [{"name": "z"}]}""", "no output 'z'")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP32", "data": [1]}], "id": 5}""", "id is a text")]
    [InlineData("""{"inputs": 5}""", "inputs is an array")]
    [InlineData("""{"inputs": [1]}""", "An input is an object")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP32", "data": [1]}], "outputs": ["y"]}""", "An output is an object")]
    [InlineData("""{"inputs": [""", "not JSON")]
    public async Task Infer_refuses_in_the_protocols_words(string body, string said)
    {
        await portal.ServeAsync("twice", TestModels.Twice());

        using var answer = await PostAsync("twice", body);

        (await ShouldBeErrorAsync(answer, HttpStatusCode.BadRequest)).ShouldContain(said);
    }

    [Fact]
    public async Task Errors_of_others_are_in_the_protocols_words_too()
    {
        await portal.ServeAsync("twice", TestModels.Twice());

        using var nobody = await portal.Anonymous().PostAsync("/v2/models/twice/infer", Json("{}"));
        using var viewer = await portal.As("vic", Role.Viewer).PostAsync("/v2/models/twice/infer", Json("{}"));
        using var absent = await PostAsync("absent", "{}");
        using var nowhere = await Engineer.GetAsync("/v2/nowhere");

        await ShouldBeErrorAsync(nobody, HttpStatusCode.Unauthorized);
        await ShouldBeErrorAsync(viewer, HttpStatusCode.Forbidden);
        (await ShouldBeErrorAsync(absent, HttpStatusCode.NotFound)).ShouldContain("'absent'");
        await ShouldBeErrorAsync(nowhere, HttpStatusCode.NotFound);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<string> ShouldBeErrorAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var error = await answer.ShouldBeJsonAsync(status);
        error.EnumerateObject().Select(m => m.Name).ShouldBe(["error"]);
        return error.GetProperty("error").GetString()!;
    }

    private static async Task<(JsonElement Header, byte[] Binary)> BinaryAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsByteArrayAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(body));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        var length = int.Parse(answer.Headers.GetValues("Inference-Header-Content-Length").Single());
        return (JsonSerializer.Deserialize<JsonElement>(body.AsSpan(0, length)), body[length..]);
    }

    private Task<HttpResponseMessage> PostAsync(string agent, string body) => Engineer.PostAsync($"/v2/models/{agent}/infer", Json(body));

    private async Task<JsonElement> InferAsync(string agent, string body)
    {
        using var answer = await PostAsync(agent, body);
        return await answer.ShouldBeJsonAsync(HttpStatusCode.OK);
    }

    private Task<HttpResponseMessage> PostBinaryAsync(string agent, string header, byte[] binary)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var content = new ByteArrayContent([.. json, .. binary]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add("Inference-Header-Content-Length", json.Length.ToString());
        return Engineer.PostAsync($"/v2/models/{agent}/infer", content);
    }
}
