using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>The portal is killed while steps of a run work side by side: each of them succeeds, and the run pushes once.</summary>
public sealed class WideRunKillTests
{
    private const int Branches = 4;

    [Fact]
    [Trait("Length", "Long")]
    public async Task Kill_amid_steps_side_by_side_doubles_none_of_them()
    {
        await using var portal = await PortalProcess.StartAsync("Production", new() { ["Nexus__Jobs__StepsAtOnce"] = $"{Branches}" });
        await portal.Http.UploadCsvAsync("small", Stories.SmallCsv(1));
        await portal.Http.PutYamlAsync("/api/v1/pipelines/wide", Pipeline());
        var random = new Random(31);
        var runs = new List<string>();
        for (var kill = 0; kill < 8; kill++)
        {
            runs.Add((await portal.Http.PostJsonAsync("/api/v1/pipelines/wide/runs", new { overrides = Enumerable.Range(0, Branches).Select(b => $"train-{b}.seed={(100 * kill) + b}") })).Text("id"));
            await Task.Delay(random.Next(200, 1500));
            await portal.KillAsync();
            await portal.StartAgainAsync();
            // A run that is hit three times would be given up.
            foreach (var run in runs.SkipLast(1)) await Stories.SucceedAsync(portal.Http, run);
        }

        foreach (var run in runs) await Stories.SucceedAsync(portal.Http, run);
        var versions = (await portal.Http.GetJsonAsync("/api/v1/models/wide/versions?pageSize=1000"))["items"]!.AsArray();
        versions.Select(v => v!.Text("runId")).ShouldBe(runs, ignoreOrder: true);
        foreach (var run in runs)
        {
            var steps = (await portal.Http.GetJsonAsync($"/api/v1/runs/{run}"))["steps"]!.AsArray();
            steps.Count.ShouldBe(3 + (2 * Branches));
            steps.ShouldAllBe(s => s!.Text("status") == "Succeeded");
        }

        (await portal.Http.GetJsonAsync("/api/v1/audit/verify"))["valid"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static string Pipeline()
    {
        var yaml = """
            name: wide
            steps:
              ingest:    { component: ingest, with: { dataset: small } }
              transform: { component: transform, inputs: { data: ingest }, with: { label: y, positive: yes-sir, split: { by: random, train: 0.7, seed: 3 } } }

            """;
        for (var b = 0; b < Branches; b++)
        {
            yaml += $$"""
                  train-{{b}}: { component: train, inputs: { data: transform }, with: { trainer: lightgbm, seed: {{b}}, params: { iterations: 400, leaves: 15, baggingFraction: 0.8 } } }
                  evaluate-{{b}}: { component: evaluate, inputs: { model: train-{{b}}, data: transform } }

                """;
        }

        return yaml + "  push: { component: push, inputs: { model: train-0, report: evaluate-0 }, with: { model: wide } }\n";
    }
}
