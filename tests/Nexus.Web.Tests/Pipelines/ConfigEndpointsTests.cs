using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Pipelines;

/// <summary>Configs, and pipelines composed of them, as programs see them.</summary>
public sealed class ConfigEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Shared = "steps: { ingest: { component: ingest, with: { dataset: d } } }\n";
    private readonly string _name = $"c-{Guid.NewGuid():N}"[..20];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Engineer => portal.As("eva", Role.Engineer);

    [Fact]
    public async Task Config_is_kept_in_revisions_and_read_listed_and_deleted()
    {
        using var first = await PutAsync($"{_name}/deep/fast", "iterations: 10\n");
        using var again = await PutAsync($"{_name}/deep/fast", "iterations: 10\n");
        using var second = await PutAsync($"{_name}/deep/fast", "iterations: 20\n");

        (await first.ShouldBeJsonAsync(HttpStatusCode.Created)).ToString().ShouldBe($$"""{"group":"{{_name}}/deep","name":"fast","revision":1}""");
        first.Headers.Location!.ToString().ShouldEndWith($"/api/v1/configs/{_name}/deep/fast");
        (await again.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("revision").GetInt32().ShouldBe(1);
        (await second.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("revision").GetInt32().ShouldBe(2);
        (await GetAsync($"configs/{_name}/deep/fast")).GetProperty("yaml").GetString().ShouldBe("iterations: 20\n");
        (await GetAsync($"configs/{_name}/deep/fast?revision=1")).GetProperty("yaml").GetString().ShouldBe("iterations: 10\n");
        (await GetAsync($"configs?group={_name}/deep")).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("path").GetString()).ShouldBe([$"{_name}/deep/fast"]);
        (await GetAsync($"config-revisions/{_name}/deep/fast")).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("revision").GetInt32()).ShouldBe([2, 1]);

        (await Engineer.DeleteAsync($"/api/v1/configs/{_name}/deep/fast", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await (await Engineer.GetAsync($"/api/v1/configs/{_name}/deep/fast", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        (await GetAsync($"configs/{_name}/deep/fast?revision=2")).GetProperty("yaml").GetString().ShouldBe("iterations: 20\n");
        using var revived = await PutAsync($"{_name}/deep/fast", "iterations: 30\n");
        (await revived.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("revision").GetInt32().ShouldBe(3);
        var audit = await (await portal.Bootstrap().GetAsync($"/api/v1/audit?subject=config/{_name}/deep/fast", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        audit.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString()).ShouldBe(["config.created", "config.deleted", "config.changed", "config.created"]);
    }

    [Theory]
    [InlineData("configs/", "/shared", "a: 1\n", "a: 2\n", "a: 3\n")]
    [InlineData("pipelines/", "", Shared, Shared + "# two\n", Shared + "# three\n")]
    public async Task Text_written_over_a_revision_that_is_not_the_newest_is_refused_and_says_who_was_quicker(string under, string tail, string first, string second, string third)
    {
        var path = $"/api/v1/{under}{_name}{tail}";
        using var made = await WriteAsync("ada", path, first, "0");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var read = await Engineer.GetAsync(path, Stop);
        read.Headers.ETag!.Tag.ShouldBe("\"1\"");
        using var quicker = await WriteAsync("ada", path, second, "\"1\"");
        quicker.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var late = await WriteAsync("ben", path, third, "\"1\"");

        var detail = (await late.ShouldBeProblemAsync(HttpStatusCode.Conflict)).GetProperty("detail").GetString()!;
        detail.ShouldContain("ada saved revision 2");
        detail.ShouldContain("written over revision 1");
        (await GetAsync(path["/api/v1/".Length..])).GetProperty("yaml").GetString().ShouldBe(second);
        using var malformed = await WriteAsync("ben", path, third, "\"x\"");
        await malformed.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        using var again = await WriteAsync("ben", path, third, "\"2\"");
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("a: 1\na: 2", 2, 1, "The key 'a' is there twice")]
    [InlineData("a: no", 1, 4, "'no' is a boolean")]
    [InlineData("- a", 1, 1, "A config is a mapping")]
    [InlineData("defaults: [ {nothing: x} ]", 1, 14, "There is no config group")]
    [InlineData("a: \"${open\"", 1, 4, "An interpolation has the form")]
    public async Task Config_with_a_mistake_is_refused_with_its_place(string yaml, int line, int column, string message)
    {
        using var answer = await PutAsync($"{_name}/bad", yaml);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()).ShouldBe((line, column));
        problem.GetProperty("detail").GetString()!.ShouldContain(message);
        await (await Engineer.GetAsync($"/api/v1/configs/{_name}/bad", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Config_is_refused_by_path_role_and_type()
    {
        await (await PutAsync("alone", "a: 1")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await PutAsync($"{_name}/Not_a_name", "a: 1")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await portal.As("vic", Role.Viewer).PutAsync($"/api/v1/configs/{_name}/x", Body("a: 1"), Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        await (await portal.As("vic", Role.Viewer).DeleteAsync($"/api/v1/configs/{_name}/x", Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        await (await Engineer.PutAsync($"/api/v1/configs/{_name}/x", new StringContent("{}", Encoding.UTF8, "application/json"), Stop)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);
        await (await Engineer.DeleteAsync($"/api/v1/configs/{_name}/x", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Pipeline_is_composed_of_configs_with_the_origin_of_each_value_and_without_a_run()
    {
        await GivenAsync();

        using var answer = await Engineer.PostAsJsonAsync($"/api/v1/pipelines/{_name}/compose", new { overrides = new[] { $"{_name}=two", "validate.limits.minRows=1,2,3" }, dataset = $"{_name}@1" }, Stop);

        var composed = await answer.ShouldBeJsonAsync(HttpStatusCode.OK);
        composed.GetProperty("composed").GetProperty(_name).GetProperty("rows").GetInt32().ShouldBe(2);
        composed.GetProperty("yaml").GetString()!.ShouldContain("minRows: 1\n");
        composed.GetProperty("digest").GetString()!.Length.ShouldBe(64);
        var origins = composed.GetProperty("origins");
        origins.GetProperty($"{_name}.rows").ToString().ShouldBe($$"""{"source":"config","name":"{{_name}}/two@1","line":1,"column":7}""");
        origins.GetProperty("params.rows").GetProperty("via")[0].GetString().ShouldBe($$"""${{{_name}}.rows}""");
        origins.GetProperty("steps.ingest.with.dataset").GetProperty("name").GetString().ShouldBe($"dataset={_name}@1");
        var space = composed.GetProperty("space");
        space.GetProperty("combinations").GetInt64().ShouldBe(3);
        space.GetProperty("fixed").EnumerateArray().Select(f => f.GetString()).ShouldBe([$"{_name}=two"]);
        space.GetProperty("dimensions")[0].GetProperty("choices").EnumerateArray().Select(c => c.GetString()).ShouldBe(["1", "2", "3"]);
        (await GetAsync($"runs?pipeline={_name}")).GetProperty("items").GetArrayLength().ShouldBe(0);
        var twice = await (await Engineer.PostAsJsonAsync($"/api/v1/pipelines/{_name}/compose", new { overrides = new[] { $"{_name}=tow" } }, Stop)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        twice.GetProperty("detail").GetString()!.ShouldContain("Did you mean 'two'?");
    }

    [Fact]
    public async Task Run_keeps_the_origins_and_config_revisions_that_it_was_composed_of()
    {
        await GivenAsync();
        using var started = await Engineer.PostAsJsonAsync($"/api/v1/pipelines/{_name}/runs", new { overrides = new[] { $"{_name}.rows=1" } }, Stop);
        var id = (await started.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        await PutAsync($"{_name}/one", "rows: 5\n");

        var run = await GetAsync($"runs/{id}");

        run.GetProperty("configs").ToString().ShouldBe($$"""[{"path":"{{_name}}/one","revision":1}]""");
        run.GetProperty("origins").GetProperty($"{_name}.rows").GetProperty("source").GetString().ShouldBe("override");
        run.GetProperty("origins").GetProperty("steps.ingest.component").GetProperty("source").GetString().ShouldBe("pipeline");
        run.GetProperty("params").GetProperty($"{_name}.rows").GetInt32().ShouldBe(1);
        (await GetAsync($"configs/{_name}/one")).GetProperty("usedBy")[0].GetString().ShouldBe($"pipeline/{_name}");
        var refused = await (await Engineer.DeleteAsync($"/api/v1/configs/{_name}/one", Stop)).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        refused.GetProperty("detail").GetString()!.ShouldContain($"pipeline/{_name}");
        (await Engineer.DeleteAsync($"/api/v1/configs/{_name}/two", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Pipeline_with_a_mandatory_value_is_kept_and_runs_once_it_is_given()
    {
        await GivenAsync();
        var yaml = $"params: {{ rows: ??? }}\nsteps:\n  ingest: {{ component: ingest, with: {{ dataset: {_name} }} }}\n  validate: {{ component: validate, inputs: {{ data: ingest }}, with: {{ limits: {{ minRows: \"${{params.rows}}\" }} }} }}\n";
        (await Engineer.PutAsync($"/api/v1/pipelines/{_name}", Body(yaml), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var problem = await (await Engineer.PostAsJsonAsync($"/api/v1/pipelines/{_name}/runs", new { }, Stop)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        using var given = await Engineer.PostAsJsonAsync($"/api/v1/pipelines/{_name}/runs", new { overrides = new[] { "params.rows=2" } }, Stop);

        problem.GetProperty("detail").GetString()!.ShouldStartWith("'params.rows' must be given (???)");
        (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()).ShouldBe((1, 17));
        given.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private async Task GivenAsync()
    {
        using var csv = new StringContent("a,b\n1,x\n2,y\n", Encoding.UTF8, "text/csv");
        await Engineer.PostAsync($"/api/v1/datasets/{_name}/versions", csv, Stop);
        await PutAsync($"{_name}/one", "rows: 1\n");
        await PutAsync($"{_name}/two", "rows: 2\n");
        using var put = await Engineer.PutAsync($"/api/v1/pipelines/{_name}", Body(
            $"name: {_name}\ndefaults: [ {{{_name}: one}}, _self_ ]\nparams: {{ rows: \"${{{_name}.rows}}\" }}\nsteps:\n  ingest: {{ component: ingest, with: {{ dataset: {_name} }} }}\n"
            + "  validate: { component: validate, inputs: { data: ingest }, with: { limits: { minRows: \"${params.rows}\" } } }\n"), Stop);
        await put.ShouldBeJsonAsync(HttpStatusCode.Created);
    }

    private async Task<JsonElement> GetAsync(string path) => await (await Engineer.GetAsync($"/api/v1/{path}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);

    private Task<HttpResponseMessage> PutAsync(string path, string yaml) => Engineer.PutAsync($"/api/v1/configs/{path}", Body(yaml), Stop);

    private static StringContent Body(string yaml) => new(yaml, Encoding.UTF8, "application/yaml");

    private async Task<HttpResponseMessage> WriteAsync(string who, string path, string yaml, string over)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(yaml, Encoding.UTF8, "application/yaml") };
        request.Headers.TryAddWithoutValidation("If-Match", over);
        return await portal.As(who, Role.Engineer).SendAsync(request, Stop);
    }
}
