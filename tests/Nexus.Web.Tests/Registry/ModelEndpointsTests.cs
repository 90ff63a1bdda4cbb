using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Registry;

public sealed class ModelEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Metadata = """
        {"description":"# Price","tags":{"team":"grid"},"metrics":{"auc":{"value":0.77,"lower":0.76,"upper":0.78},"brier":0.19},"task":"binary","classes":["DOWN","UP"],"positive":"UP"}
        """;

    private readonly string _model = $"price-{Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_of_an_onnx_answers_the_version_as_the_contract_says()
    {
        var engineer = portal.As("eva", Role.Engineer);

        using var answer = await engineer.PostAsync($"/api/v1/models/{_model}/versions", Onnx.Form(Onnx.Echo(), Metadata), Stop);

        var version = await answer.ShouldBeJsonAsync(HttpStatusCode.Created);
        answer.Headers.Location!.ToString().ShouldEndWith($"/api/v1/models/{_model}/versions/1");
        version.GetProperty("model").GetString().ShouldBe(_model);
        version.GetProperty("version").GetInt32().ShouldBe(1);
        version.GetProperty("stage").GetString().ShouldBe("None");
        version.GetProperty("aliases").GetArrayLength().ShouldBe(0);
        version.GetProperty("kind").GetString().ShouldBe("onnx");
        version.GetProperty("digest").GetString()!.Length.ShouldBe(64);
        version.GetProperty("signature").GetProperty("inputs")[0].GetProperty("datatype").GetString().ShouldBe("FP32");
        version.GetProperty("metrics").GetProperty("auc").GetDouble().ShouldBe(0.77);
        version.GetProperty("intervals").GetProperty("auc").GetProperty("lower").GetDouble().ShouldBe(0.76);
        version.GetProperty("runId").ValueKind.ShouldBe(JsonValueKind.Null);
        version.GetProperty("createdBy").GetString().ShouldBe("eva");
        version.GetProperty("createdAt").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);

        var read = await (await engineer.GetAsync($"/api/v1/models/{_model}/versions/1", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        read.ToString().ShouldBe(version.ToString());
        var list = await (await engineer.GetAsync($"/api/v1/models/{_model}/versions", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        list.GetProperty("items").GetArrayLength().ShouldBe(1);
        list.GetProperty("nextPageToken").ValueKind.ShouldBe(JsonValueKind.Null);
        var models = await (await engineer.GetAsync("/api/v1/models", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        models.GetProperty("items").EnumerateArray().ShouldContain(m => m.GetProperty("model").GetString() == _model);
        (await engineer.GetByteArrayAsync($"/api/v1/models/{_model}/versions/1/artifact", Stop)).ShouldBe(Onnx.Echo());
    }

    [Fact]
    public async Task Upload_of_what_cannot_be_served_is_refused_and_leaves_nothing()
    {
        var engineer = portal.As("eva", Role.Engineer);
        async Task<string> RefusalAsync(byte[] model, string? metadata = null)
        {
            using var answer = await engineer.PostAsync($"/api/v1/models/{_model}/versions", Onnx.Form(model, metadata), Stop);
            return (await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString()!;
        }

        (await RefusalAsync("not a model"u8.ToArray())).ShouldContain("not an ONNX model");
        (await RefusalAsync([])).ShouldContain("not an ONNX model");
        (await RefusalAsync(Onnx.Foreign())).ShouldContain("acme.ops");
        (await RefusalAsync(Onnx.Echo(), """{"task":"prophecy"}""")).ShouldContain("binary");
        (await RefusalAsync(Onnx.Echo(), """{"colour":"red"}""")).ShouldContain("colour");
        (await RefusalAsync(Onnx.Echo(), """{"metrics":{"auc":"high"}}""")).ShouldContain("auc");
        (await RefusalAsync(Onnx.Echo(), """{"kind":"chat"}""")).ShouldContain("chat");

        await (await engineer.GetAsync($"/api/v1/models/{_model}", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Upload_in_no_form_that_is_taken_is_refused()
    {
        var engineer = portal.As("eva", Role.Engineer);

        using var chat = await engineer.PostAsJsonAsync($"/api/v1/models/{_model}/versions", new { kind = "chat", systemPrompt = "Be brief." }, Stop);
        (await chat.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString()!.ShouldContain("chat");
        using var half = await engineer.PostAsync($"/api/v1/models/{_model}/versions", new StringContent("[1", Encoding.UTF8, "application/json"), Stop);
        await half.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        using var text = await engineer.PostAsync($"/api/v1/models/{_model}/versions", new StringContent("x", Encoding.UTF8, "text/plain"), Stop);
        await text.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);
        using var broken = new StringContent("--b\r\nContent-Disposition: form-data; name=\"model\"; filename=\"m\"\r\n\r\ncut", Encoding.UTF8);
        broken.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        await (await engineer.PostAsync($"/api/v1/models/{_model}/versions", broken, Stop)).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        await (await engineer.PostAsync("/api/v1/models/No%20Name/versions", Onnx.Form(Onnx.Echo()), Stop)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await portal.As("vera", Role.Viewer).PostAsync($"/api/v1/models/{_model}/versions", Onnx.Form(Onnx.Echo()), Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Aliases_and_words_can_be_set_read_and_taken_back()
    {
        var engineer = portal.As("eva", Role.Engineer);
        await engineer.PostAsync($"/api/v1/models/{_model}/versions", Onnx.Form(Onnx.Echo()), Stop);

        var aliased = await (await engineer.PutAsJsonAsync($"/api/v1/models/{_model}/aliases/champion", new { version = 1 }, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        aliased.GetProperty("aliases")[0].GetString().ShouldBe("champion");
        await (await engineer.GetAsync($"/api/v1/models/{_model}/aliases/champion", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        await (await engineer.PutAsJsonAsync($"/api/v1/models/{_model}/aliases/latest", new { version = 1 }, Stop)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await engineer.PutAsJsonAsync($"/api/v1/models/{_model}/aliases/champion", new { version = 9 }, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        var described = await (await engineer.PatchAsJsonAsync($"/api/v1/models/{_model}/versions/1", new { description = "# Card" }, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        described.GetProperty("description").GetString().ShouldBe("# Card");
        await (await engineer.PatchAsJsonAsync($"/api/v1/models/{_model}", new { tags = new { team = "grid" } }, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);

        await (await engineer.DeleteAsync($"/api/v1/models/{_model}/versions/1", Stop)).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        (await engineer.DeleteAsync($"/api/v1/models/{_model}/aliases/champion", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await engineer.DeleteAsync($"/api/v1/models/{_model}/versions/1", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await engineer.GetAsync($"/api/v1/models/{_model}/versions/1", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await engineer.GetAsync($"/api/v1/models/{_model}/versions/1/evaluation", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }
}
