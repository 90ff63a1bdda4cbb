using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Sweeps;

/// <summary>The contract of sweeps, with real workers and trainers behind it.</summary>
public sealed class SweepEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly string _name = $"s-{Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Sweeps => $"/api/v1/pipelines/{_name}/sweeps";

    [Fact]
    public async Task Sweep_goes_from_its_estimate_to_the_best_run_and_is_extended()
    {
        var engineer = await GivenPipelineAsync();
        var body = new { overrides = new[] { "train.params.leaves=2,7,15", "train.params.iterations=20" }, metric = "auc", maxTrials = 2, parallel = 2 };

        var before = await (await engineer.PostAsJsonAsync($"{Sweeps}/estimate", body, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        using var started = await engineer.PostAsJsonAsync(Sweeps, body, Stop);
        var id = (await started.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        started.Headers.Location!.ToString().ShouldEndWith($"/api/v1/sweeps/{id}");
        var first = await EndAsync(engineer, id);
        await (await engineer.PostAsJsonAsync($"/api/v1/sweeps/{id}/extend", new { trials = 1 }, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        var sweep = await EndAsync(engineer, id);
        var after = await (await engineer.PostAsJsonAsync($"{Sweeps}/estimate", body, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);

        (before.GetProperty("runs").GetInt32(), before.GetProperty("combinations").GetInt32(), before.GetProperty("leastSeconds").ValueKind).ShouldBe((2, 3, JsonValueKind.Null));
        before.GetProperty("basis").GetString()!.ShouldStartWith("unknown");
        after.GetProperty("leastSeconds").GetDouble().ShouldBeGreaterThan(0);
        after.GetProperty("basis").GetString()!.ShouldEndWith("ingest, transform work once");
        (first.GetProperty("state").GetString(), first.GetProperty("done").GetInt32()).ShouldBe(("Succeeded", 2), first.ToString());
        (sweep.GetProperty("state").GetString(), sweep.GetProperty("succeeded").GetInt32(), sweep.GetProperty("strategy").GetString(), sweep.GetProperty("maximize").GetBoolean()).ShouldBe(("Succeeded", 3, "Grid", true));
        var page = await (await engineer.GetAsync($"/api/v1/sweeps/{id}/trials?pageSize=2", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        var rest = await (await engineer.GetAsync($"/api/v1/sweeps/{id}/trials?pageSize=2&pageToken={page.GetProperty("nextPageToken").GetString()}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        JsonElement[] trials = [.. page.GetProperty("items").EnumerateArray(), .. rest.GetProperty("items").EnumerateArray()];
        rest.GetProperty("nextPageToken").ValueKind.ShouldBe(JsonValueKind.Null);
        trials.Select(t => t.GetProperty("values").GetProperty("train.params.leaves").GetString()).ShouldBe(["2", "7", "15"]);
        var best = trials.MaxBy(t => t.GetProperty("result").GetProperty("value").GetDouble());
        sweep.GetProperty("best").GetProperty("runId").GetGuid().ShouldBe(best.GetProperty("runId").GetGuid());
        best.GetProperty("modelName").GetString().ShouldBe(_name);
        var run = await (await engineer.GetAsync($"/api/v1/runs/{best.GetProperty("runId").GetGuid()}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        run.GetProperty("trigger").GetString().ShouldBe("sweep 1");
        run.GetProperty("params").GetProperty("ingest.dataset").GetString().ShouldBe($"{_name}@1"); // rows that come meanwhile are not compared with
        var list = await (await engineer.GetAsync($"/api/v1/sweeps?pipeline={_name}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        var item = list.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (item.GetProperty("id").GetGuid(), item.GetProperty("done").GetInt32(), item.GetProperty("best").GetDouble()).ShouldBe((id, 3, best.GetProperty("result").GetProperty("value").GetDouble()));
    }

    [Fact]
    public async Task Options_of_a_group_are_swept_over_by_their_names()
    {
        var engineer = await GivenPipelineAsync();
        foreach (var option in (string[])["few", "many", "most"])
            await (await engineer.PutAsync($"/api/v1/configs/{_name}/{option}", new StringContent("leaves: 7\n", Encoding.UTF8, "application/yaml"), Stop)).ShouldBeJsonAsync(HttpStatusCode.Created);

        var estimate = await (await engineer.PostAsJsonAsync($"{Sweeps}/estimate", new { overrides = new[] { $"+{_name}=glob(m*)" }, metric = "auc" }, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        using var none = await engineer.PostAsJsonAsync(Sweeps, new { overrides = new[] { $"+{_name}=glob(x*)" }, metric = "auc" }, Stop);

        estimate.GetProperty("runs").GetInt32().ShouldBe(2);
        (await none.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString()!.ShouldContain("there are few, many, most");
    }

    [Fact]
    public async Task Start_that_comes_twice_under_one_key_is_one_sweep()
    {
        var engineer = await GivenPipelineAsync();
        async Task<Guid> StartAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Sweeps) { Content = JsonContent.Create(new { overrides = new[] { "train.params.leaves=2,3" }, metric = "auc" }) };
            request.Headers.Add("Idempotency-Key", _name);
            using var answer = await engineer.SendAsync(request, Stop);
            return (await answer.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        }

        (await StartAsync()).ShouldBe(await StartAsync());

        (await (await engineer.GetAsync($"/api/v1/sweeps?pipeline={_name}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_there_or_not_understood_is_refused()
    {
        var engineer = await GivenPipelineAsync();
        var several = new[] { "train.params.leaves=2,3" };
        async Task<JsonElement> StartAsync(object body, HttpStatusCode status) => await (await engineer.PostAsJsonAsync(Sweeps, body, Stop)).ShouldBeProblemAsync(status);
        async Task FieldAsync(object body, string field) =>
            (await StartAsync(body, HttpStatusCode.UnprocessableEntity)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(field);

        await FieldAsync(new { overrides = new[] { "train.params.leaves=2" }, metric = "auc" }, "overrides");
        await FieldAsync(new { metric = "auc" }, "overrides");
        await FieldAsync(new { overrides = several }, "metric");
        await FieldAsync(new { overrides = several, metric = "auc", maxTrials = 0 }, "maxTrials");
        await FieldAsync(new { overrides = several, metric = "auc", parallel = 65 }, "parallel");
        await FieldAsync(new { overrides = several, metric = "auc", stopping = new { rule = "median" } }, "stopping"); // nothing is measured on the way
        await FieldAsync(new { overrides = several, metric = "auc", dataset = "none@1" }, "dataset");
        await StartAsync(new { overrides = several, metric = "auc", strategy = "odd" }, HttpStatusCode.BadRequest);
        await StartAsync(new { overrides = several, metric = "auc", startegy = "grid" }, HttpStatusCode.UnprocessableEntity);
        await StartAsync(new { overrides = new string?[] { null }, metric = "auc" }, HttpStatusCode.UnprocessableEntity);
        await (await engineer.PostAsJsonAsync("/api/v1/pipelines/none/sweeps", new { overrides = several, metric = "auc" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        var none = Guid.NewGuid();
        foreach (var path in new[] { $"/sweeps/{none}", $"/sweeps/{none}/trials", "/sweeps?pipeline=none" })
            await (await engineer.GetAsync($"/api/v1{path}", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        foreach (var verb in new[] { "pause", "resume", "cancel" })
            await (await engineer.PostAsync($"/api/v1/sweeps/{none}/{verb}", null, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await engineer.PostAsJsonAsync($"/api/v1/sweeps/{none}/extend", new { trials = 1 }, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await portal.As("vic", Role.Viewer).PostAsJsonAsync(Sweeps, new { overrides = several, metric = "auc" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        (await (await engineer.GetAsync($"/api/v1/sweeps?pipeline={_name}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Canceled_sweep_ends_its_runs_and_does_not_go_on()
    {
        var engineer = await GivenPipelineAsync();
        using var started = await engineer.PostAsJsonAsync(Sweeps, new { overrides = new[] { "train.params.iterations=range(90000,90010)" }, metric = "auc" }, Stop);
        var id = (await started.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        while ((await ReadAsync(engineer, id)).GetProperty("running").GetInt32() == 0) await Task.Delay(20, Stop);

        await (await engineer.PostAsync($"/api/v1/sweeps/{id}/cancel", null, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);

        JsonElement now;
        while ((now = await ReadAsync(engineer, id)).GetProperty("done").GetInt32() < now.GetProperty("trials").GetInt32()) await Task.Delay(20, Stop);
        now.GetProperty("state").GetString().ShouldBe("Canceled");
        await (await engineer.PostAsync($"/api/v1/sweeps/{id}/resume", null, Stop)).ShouldBeProblemAsync(HttpStatusCode.Conflict);
    }

    private async Task<HttpClient> GivenPipelineAsync()
    {
        var engineer = portal.As("eva", Role.Engineer);
        var random = new Random(1);
        var csv = new StringBuilder("a,b,y\n");
        for (var i = 0; i < 600; i++)
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            csv.Append(CultureInfo.InvariantCulture, $"{a:F4},{b:F4},{(a + b + ((random.NextDouble() - 0.5) / 2) > 1 ? "yes" : "no")}\n");
        }

        using var rows = new StringContent(csv.ToString(), Encoding.UTF8, "text/csv");
        await (await engineer.PostAsync($"/api/v1/datasets/{_name}/versions", rows, Stop)).ShouldBeJsonAsync(HttpStatusCode.Created);
        var yaml = $$"""
            name: {{_name}}
            steps:
              ingest: { component: ingest, with: { dataset: {{_name}} } }
              transform: { component: transform, inputs: { data: ingest }, with: { label: y, positive: "yes", split: { by: random, train: 0.7, seed: 3 } } }
              train: { component: train, inputs: { data: transform }, with: { trainer: lightgbm, seed: 7 } }
              evaluate: { component: evaluate, inputs: { model: train, data: transform } }
              push: { component: push, inputs: { model: train, report: evaluate }, with: { model: {{_name}} } }
            """;
        await (await engineer.PutAsync($"/api/v1/pipelines/{_name}", new StringContent(yaml, Encoding.UTF8, "application/yaml"), Stop)).ShouldBeJsonAsync(HttpStatusCode.Created);
        return engineer;
    }

    private static async Task<JsonElement> ReadAsync(HttpClient client, Guid id) =>
        await (await client.GetAsync($"/api/v1/sweeps/{id}", Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);

    private static async Task<JsonElement> EndAsync(HttpClient client, Guid id)
    {
        while (true)
        {
            var sweep = await ReadAsync(client, id);
            if (sweep.GetProperty("state").GetString() is not ("Running" or "Paused")) return sweep;
            await Task.Delay(50, Stop);
        }
    }
}
