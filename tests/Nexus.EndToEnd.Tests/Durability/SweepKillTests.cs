using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>The portal is killed in the midst of a sweep: every trial is run once, and the sweep comes to its end.</summary>
public sealed class SweepKillTests
{
    private const int Trials = 12;

    [Fact]
    public Task Kill_amid_a_sweep_doubles_no_trial_and_the_sweep_ends() => DrillAsync(kills: 2, seed: 5);

    [Fact]
    [Trait("Length", "Long")]
    public Task Kill_many_times_amid_a_sweep_doubles_no_trial_and_the_sweep_ends() => DrillAsync(kills: 8, seed: 17);

    private static async Task DrillAsync(int kills, int seed)
    {
        await using var portal = await PortalProcess.StartAsync("Production");
        await portal.Http.UploadCsvAsync("small", Stories.SmallCsv(1));
        await portal.Http.PutYamlAsync("/api/v1/pipelines/small", Stories.SmallPipeline);
        var sweep = (await portal.Http.PostJsonAsync("/api/v1/pipelines/small/sweeps", new
        {
            overrides = new[] { "train.params.leaves=range(2,14)" },
            metric = "auc",
            parallel = 2,
        })).Text("id");
        var random = new Random(seed);
        for (var kill = 0; kill < kills; kill++)
        {
            // At least one run more has ended since, so that no run is hit so often that it is given up.
            var done = kill;
            await portal.Http.UntilAsync($"/api/v1/sweeps/{sweep}", s => Done(s) > done || s.Text("state") != "Running");
            await Task.Delay(random.Next(0, 300));
            await portal.KillAsync();
            await portal.StartAgainAsync();
        }

        var ended = await portal.Http.UntilAsync($"/api/v1/sweeps/{sweep}", s => s.Text("state") != "Running", seconds: 240);
        ended.Text("state").ShouldBe("Succeeded", ended.ToString());
        Done(ended).ShouldBe(Trials);
        var trials = (await portal.Http.GetJsonAsync($"/api/v1/sweeps/{sweep}/trials"))["items"]!.AsArray();
        trials.Select(t => t!["values"]!["train.params.leaves"]!.ToString()).ShouldBe(Enumerable.Range(2, Trials).Select(i => i.ToString()));
        var runs = (await portal.Http.GetJsonAsync("/api/v1/runs?pipeline=small&pageSize=1000"))["items"]!.AsArray();
        runs.Select(r => r!.Text("id")).ShouldBe(trials.Select(t => t!.Text("runId")), ignoreOrder: true);
        runs.ShouldAllBe(r => r!.Text("status") == "Succeeded" && r!.Text("trigger") == "sweep 1");
        var models = (await portal.Http.GetJsonAsync("/api/v1/models/small/versions?pageSize=1000"))["items"]!.AsArray();
        models.Select(m => m!.Text("runId")).ShouldBe(runs.Select(r => r!.Text("id")), ignoreOrder: true);
        (await portal.Http.GetJsonAsync("/api/v1/audit/verify"))["valid"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static int Done(JsonNode sweep) => sweep["done"]!.GetValue<int>();
}
