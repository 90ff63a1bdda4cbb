using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Registry;

public sealed class ExplanationEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly string _name = $"echo-{Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Explanation_of_an_upload_is_computed_beside_and_can_be_read()
    {
        var engineer = await GivenAsync();

        using var asked = await engineer.PostAsJsonAsync($"/api/v1/models/{_name}/versions/1/explanations", new { dataset = _name, label = "y" }, Stop);

        var id = (await asked.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        asked.Headers.Location!.ToString().ShouldEndWith($"/versions/1/explanations/{id}");
        var found = await UntilDoneAsync(engineer, id);
        found.GetProperty("state").GetString().ShouldBe("Succeeded", found.ToString());
        found.GetProperty("metrics").GetProperty("rmse").GetProperty("value").GetDouble().ShouldBe(0, 1e-3);
        found.GetProperty("result").GetProperty("importance")[0].GetProperty("feature").GetString().ShouldBe("x");
        var list = await (await engineer.GetAsync($"/api/v1/models/{_name}/versions/1/explanations", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        list.GetProperty("items").GetArrayLength().ShouldBe(1);
        list.GetProperty("items")[0].GetProperty("result").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Explanation_that_cannot_be_is_refused_and_changes_nothing()
    {
        var engineer = await GivenAsync();
        var explanations = $"/api/v1/models/{_name}/versions/1/explanations";

        await (await engineer.PostAsJsonAsync(explanations, new { dataset = _name, label = "truth" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await engineer.PostAsJsonAsync(explanations, new { dataset = "nothing-here", label = "y" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await engineer.PostAsJsonAsync(explanations, new { }, Stop)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await engineer.PostAsJsonAsync($"/api/v1/models/{_name}/versions/9/explanations", new { dataset = _name, label = "y" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await portal.As("vera", Role.Viewer).PostAsJsonAsync(explanations, new { dataset = _name, label = "y" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        await (await engineer.GetAsync($"{explanations}/{Guid.NewGuid()}", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);

        (await (await engineer.GetAsync(explanations, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_if_answers_the_value_and_a_sweep_and_journals_nothing()
    {
        await GivenAsync();
        var viewer = portal.As("vera", Role.Viewer);
        var whatIf = $"/api/v1/models/{_name}/versions/1/what-if";

        var answer = await (await viewer.PostAsJsonAsync(whatIf, new { inputs = new { x = 2.5 }, sweep = new { feature = "x", values = new[] { 1.0, 2, 3 } } }, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);

        answer.GetProperty("value").GetDouble().ShouldBe(2.5);
        answer.GetProperty("sweep").EnumerateArray().Select(p => p.GetProperty("answer").GetProperty("value").GetDouble()).ShouldBe([1, 2, 3]);
        await using var db = portal.Open();
        db.Decisions.Any().ShouldBeFalse();
    }

    [Fact]
    public async Task What_if_of_what_the_model_does_not_take_names_the_feature()
    {
        await GivenAsync();
        var viewer = portal.As("vera", Role.Viewer);
        var whatIf = $"/api/v1/models/{_name}/versions/1/what-if";
        async Task<string> RefusalAsync(object body) =>
            (await (await viewer.PostAsJsonAsync(whatIf, body, Stop)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString()!;

        (await RefusalAsync(new { inputs = new { x = "much" } })).ShouldContain("'x'");
        (await RefusalAsync(new { inputs = new { z = 1 } })).ShouldContain("'z'");
        (await RefusalAsync(new { })).ShouldContain("inputs");
        (await RefusalAsync(new { inputs = new { x = 1 }, sweep = new { feature = "x", values = Enumerable.Range(0, 101) } })).ShouldContain("100");
        await (await viewer.PostAsJsonAsync($"/api/v1/models/{_name}/versions/9/what-if", new { inputs = new { x = 1 } }, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    private async Task<JsonElement> UntilDoneAsync(HttpClient client, Guid id)
    {
        for (var end = TimeProvider.System.GetUtcNow().AddSeconds(60); ; await Task.Delay(100, Stop))
        {
            var found = await (await client.GetAsync($"/api/v1/models/{_name}/versions/1/explanations/{id}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
            if (found.GetProperty("state").GetString() is "Succeeded" or "Failed" || TimeProvider.System.GetUtcNow() > end) return found;
        }
    }

    // y = x, and rows of it.
    private async Task<HttpClient> GivenAsync()
    {
        var engineer = portal.As("eva", Role.Engineer);
        (await engineer.PostAsync($"/api/v1/models/{_name}/versions", Onnx.Form(Onnx.Echo(), """{"task":"regression"}"""), Stop)).EnsureSuccessStatusCode();
        var csv = "x,y\n" + string.Join("\n", Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"{i / 4.0},{i / 4.0}")));
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        (await engineer.PostAsync($"/api/v1/datasets/{_name}/versions", content, Stop)).EnsureSuccessStatusCode();
        return engineer;
    }
}
