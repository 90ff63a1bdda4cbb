using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Pipelines;

/// <summary>The contract of pipelines and runs, with real workers behind it.</summary>
public sealed class RunEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly string _name = $"p-{Guid.NewGuid():N}";

    private string Yaml => $$"""
        name: {{_name}}
        description: Only looks at the data.
        params: { rows: 2 }
        steps:
          ingest: { component: ingest, with: { dataset: {{_name}} } }
          validate: { component: validate, inputs: { data: ingest }, with: { limits: { minRows: "${params.rows}" } } }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_of_a_new_pipeline_is_created_and_of_the_same_text_the_same_revision()
    {
        var engineer = portal.As("eva", Role.Engineer);

        using var first = await engineer.PutAsync($"/api/v1/pipelines/{_name}", Body(Yaml), Stop);
        using var again = await engineer.PutAsync($"/api/v1/pipelines/{_name}", Body(Yaml), Stop);
        using var changed = await engineer.PutAsync($"/api/v1/pipelines/{_name}", Body(Yaml + "\n# more"), Stop);

        (await first.ShouldBeJsonAsync(HttpStatusCode.Created)).ToString().ShouldBe($$"""{"name":"{{_name}}","revision":1}""");
        (await again.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("revision").GetInt32().ShouldBe(1);
        (await changed.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("revision").GetInt32().ShouldBe(2);
        var read = await (await engineer.GetAsync($"/api/v1/pipelines/{_name}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        read.GetProperty("yaml").GetString().ShouldBe(Yaml + "\n# more");
        read.GetProperty("description").GetString().ShouldBe("Only looks at the data.");
        var old = await (await engineer.GetAsync($"/api/v1/pipelines/{_name}/revisions/1", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        old.GetProperty("yaml").GetString().ShouldBe(Yaml);
        var revisions = await (await engineer.GetAsync($"/api/v1/pipelines/{_name}/revisions", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        revisions.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("revision").GetInt32()).ShouldBe([2, 1]);
        var list = await (await engineer.GetAsync("/api/v1/pipelines", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        list.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldContain(_name);
    }

    [Fact]
    public async Task Put_of_a_text_with_a_mistake_says_where_and_keeps_nothing()
    {
        var engineer = portal.As("eva", Role.Engineer);

        using var answer = await engineer.PutAsync($"/api/v1/pipelines/{_name}", Body(Yaml.Replace("minRows", "minRow", StringComparison.Ordinal)), Stop);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()).ShouldBe((6, Yaml.Split('\n')[5].IndexOf("minRows", StringComparison.Ordinal) + 1));
        problem.GetProperty("detail").GetString()!.ShouldContain("Did you mean 'minRows'?");
        await (await engineer.GetAsync($"/api/v1/pipelines/{_name}", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Put_is_refused_by_role_type_size_and_encoding()
    {
        var engineer = portal.As("eva", Role.Engineer);
        async Task RefusedAsync(HttpClient client, string name, HttpContent body, HttpStatusCode status)
        {
            using var answer = await client.PutAsync($"/api/v1/pipelines/{name}", body, Stop);
            await answer.ShouldBeProblemAsync(status);
        }

        await RefusedAsync(portal.As("vic", Role.Viewer), _name, Body(Yaml), HttpStatusCode.Forbidden);
        await RefusedAsync(engineer, _name, new StringContent("{}", Encoding.UTF8, "application/json"), HttpStatusCode.UnsupportedMediaType);
        await RefusedAsync(engineer, _name, Body("a: " + new string('x', 1024 * 1024)), HttpStatusCode.RequestEntityTooLarge);
        await RefusedAsync(engineer, "Not_A_Name", Body(Yaml), HttpStatusCode.UnprocessableEntity);
        var bytes = new ByteArrayContent([0xC3, 0x28]);
        bytes.Headers.ContentType = new("application/yaml");
        await RefusedAsync(engineer, _name, bytes, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Run_goes_from_queued_to_succeeded_and_is_read_as_the_contract_says()
    {
        var engineer = portal.As("eva", Role.Engineer);
        await GivenDatasetAsync();
        await engineer.PutAsync($"/api/v1/pipelines/{_name}", Body(Yaml), Stop);

        using var started = await engineer.PostAsJsonAsync($"/api/v1/pipelines/{_name}/runs", new { overrides = new[] { "params.rows=1" }, dataset = $"{_name}@1" }, Stop);

        var accepted = await started.ShouldBeJsonAsync(HttpStatusCode.Accepted);
        var id = accepted.GetProperty("id").GetGuid();
        started.Headers.Location!.ToString().ShouldEndWith($"/api/v1/runs/{id}");
        var run = await EndAsync(engineer, id);
        run.GetProperty("status").GetString().ShouldBe("Succeeded", run.ToString());
        run.GetProperty("pipeline").GetString().ShouldBe(_name);
        run.GetProperty("trigger").GetString().ShouldBe("manual");
        run.GetProperty("params").GetProperty("params.rows").GetInt32().ShouldBe(1);
        run.GetProperty("params").GetProperty("ingest.dataset").GetString().ShouldBe($"{_name}@1");
        run.GetProperty("metrics").EnumerateObject().ShouldBeEmpty();
        run.TryGetProperty("modelVersion", out _).ShouldBeFalse();
        run.GetProperty("environment").GetProperty("processors").GetInt32().ShouldBeGreaterThan(0);
        var step = run.GetProperty("steps")[0];
        (step.GetProperty("name").GetString(), step.GetProperty("component").GetString(), step.GetProperty("status").GetString()).ShouldBe(("ingest", "ingest", "Succeeded"));
        step.GetProperty("cached").GetBoolean().ShouldBeFalse();
        step.GetProperty("attempt").GetInt32().ShouldBe(1);
        step.GetProperty("startedAt").GetString()!.ShouldEndWith("Z");
        step.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);

        using var log = await engineer.GetAsync($"/api/v1/runs/{id}/steps/validate/log?attempt=1", Stop);
        log.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await log.Content.ReadAsStringAsync(Stop)).ShouldContain("There is nothing to compare with (previous)");
        using var artifact = await engineer.GetAsync($"/api/v1/runs/{id}/artifacts/ingest/rows", Stop);
        (await artifact.Content.ReadAsByteArrayAsync(Stop))[..4].ShouldBe("PAR1"u8.ToArray());
        var list = await (await engineer.GetAsync($"/api/v1/runs?pipeline={_name}&status=Succeeded", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        list.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(id);
        await (await engineer.GetAsync($"/api/v1/runs/{id}/metrics/train/auc", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Run_that_failed_is_retried_and_one_that_succeeded_is_not()
    {
        var engineer = portal.As("eva", Role.Engineer);
        await engineer.PutAsync($"/api/v1/pipelines/{_name}", Body(Yaml), Stop);
        var id = (await (await engineer.PostAsync($"/api/v1/pipelines/{_name}/runs", null, Stop)).ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        var failed = await EndAsync(engineer, id);
        await GivenDatasetAsync();

        using var retry = await engineer.PostAsync($"/api/v1/runs/{id}/retry", null, Stop);

        (failed.GetProperty("status").GetString(), failed.GetProperty("error").GetString()).ShouldBe(("Failed", $"ingest: There is no dataset '{_name}'."));
        (await retry.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetGuid().ShouldBe(id);
        var run = await EndAsync(engineer, id);
        run.GetProperty("status").GetString().ShouldBe("Succeeded");
        run.GetProperty("steps")[0].GetProperty("attempt").GetInt32().ShouldBe(2);
        using var again = await engineer.PostAsync($"/api/v1/runs/{id}/retry", null, Stop);
        await again.ShouldBeProblemAsync(HttpStatusCode.Conflict);
        using var cancel = await engineer.PostAsync($"/api/v1/runs/{id}/cancel", null, Stop);
        await cancel.ShouldBeProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task What_is_not_there_or_not_understood_is_refused()
    {
        var engineer = portal.As("eva", Role.Engineer);
        await engineer.PutAsync($"/api/v1/pipelines/{_name}", Body(Yaml), Stop);
        var none = Guid.NewGuid();
        async Task<JsonElement> StartAsync(object body, HttpStatusCode status) =>
            await (await engineer.PostAsJsonAsync($"/api/v1/pipelines/{_name}/runs", body, Stop)).ShouldBeProblemAsync(status);

        (await StartAsync(new { overrides = new[] { "validate.limits.minRow=1" } }, HttpStatusCode.UnprocessableEntity))
            .GetProperty("errors").GetProperty("overrides")[0].GetString()!.ShouldContain("Did you mean 'minRows'?");
        (await StartAsync(new { dataset = "nothing@1" }, HttpStatusCode.UnprocessableEntity)).GetProperty("errors").TryGetProperty("dataset", out _).ShouldBeTrue();
        await (await engineer.PostAsync("/api/v1/pipelines/none/runs", null, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        foreach (var path in new[] { $"/runs/{none}", $"/runs/{none}/steps/ingest/log", $"/runs/{none}/metrics/x", $"/runs/{none}/artifacts/x", "/runs?pipeline=none", "/pipelines/none/revisions" })
            await (await engineer.GetAsync($"/api/v1{path}", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await engineer.GetAsync("/api/v1/runs?status=Odd", Stop)).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        foreach (var verb in new[] { "cancel", "retry" })
        {
            await (await engineer.PostAsync($"/api/v1/runs/{none}/{verb}", null, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
            await (await portal.As("vic", Role.Viewer).PostAsync($"/api/v1/runs/{none}/{verb}", null, Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        }

        (await (await engineer.GetAsync($"/api/v1/runs?pipeline={_name}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Schema_is_published_with_every_component()
    {

        using var answer = await portal.As("vic", Role.Viewer).GetAsync("/schemas/pipeline.json", Stop);

        var schema = await answer.ShouldBeJsonAsync(HttpStatusCode.OK);
        foreach (var component in new[] { "ingest", "validate", "push" }) schema.GetProperty("definitions").TryGetProperty(component, out _).ShouldBeTrue();
    }

    private static StringContent Body(string yaml) => new(yaml, Encoding.UTF8, "application/yaml");

    private static async Task<JsonElement> EndAsync(HttpClient client, Guid id)
    {
        while (true)
        {
            var run = await (await client.GetAsync($"/api/v1/runs/{id}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
            if (run.GetProperty("status").GetString() is not ("Queued" or "Running")) return run;
            await Task.Delay(50, Stop);
        }
    }

    private async Task GivenDatasetAsync()
    {
        using var body = new StringContent("a,b\n1,x\n2,y\n", Encoding.UTF8, "text/csv");
        using var answer = await portal.As("eva", Role.Engineer).PostAsync($"/api/v1/datasets/{_name}/versions", body, Stop);
        await answer.ShouldBeJsonAsync(HttpStatusCode.Created);
    }
}
