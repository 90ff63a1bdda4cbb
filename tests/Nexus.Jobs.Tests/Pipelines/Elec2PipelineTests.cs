using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Tests.Training;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>The documented pipeline, from the file to the registered model, by the real components.</summary>
public sealed class Elec2PipelineTests
{
    private static string Yaml { get; } = File.ReadAllText(TrainingBench.ExamplePath("elec2.yaml"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pipeline_on_Elec2_registers_a_model_and_the_second_run_takes_all_but_the_push_from_the_first()
    {
        await using var portal = await TestPortal.StartAsync(configure: EngineBench.WithoutQueue);
        await GivenElec2Async(portal);
        await portal.Get<PipelineService>().PutAsync("elec2", Yaml, TestPortal.Engineer, Stop);

        var first = await RunAsync(portal);
        var second = await RunAsync(portal);
        var linear = await RunAsync(portal, "train.trainer=linear", "~train.params");

        first.Summary.Status.ShouldBe(RunStatus.Succeeded, first.Summary.Error);
        first.Summary.Metrics["auc"].Value.ShouldBeGreaterThanOrEqualTo(0.77);
        (first.Summary.ModelName, first.Summary.ModelVersion).ShouldBe(("elec2", 1));
        first.Steps.Select(s => s.Cached).ShouldAllBe(cached => !cached);
        second.Summary.Status.ShouldBe(RunStatus.Succeeded, second.Summary.Error);
        second.Steps.Where(s => !s.Cached).Select(s => s.Name).ShouldBe(["push"]);
        second.Steps[3].CachedFromRunId.ShouldBe(first.Summary.Id);
        second.Summary.Metrics.ShouldBe(first.Summary.Metrics);
        second.Summary.ModelVersion.ShouldBe(2);
        linear.Summary.Status.ShouldBe(RunStatus.Succeeded, linear.Summary.Error);
        linear.Summary.Metrics["auc"].Value.ShouldBeGreaterThanOrEqualTo(0.77);
        linear.Steps[2].Cached.ShouldBeTrue();
        linear.Steps[3].CacheMiss.ShouldNotBeNull().ShouldContain("trainer lightgbm → linear");
        var version = await portal.Get<ModelCatalog>().GetVersionAsync("elec2", 1, Stop);
        version.RunId.ShouldBe(first.Summary.Id);
        await using var db = portal.Open();
        (await db.LineageEdges.AnyAsync(e => e.From == "dataset/elec2@1" && e.To == $"run/{first.Summary.Id}", Stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task Trainers_side_by_side_make_what_they_make_one_after_the_other()
    {
        const string Wide = """
            name: wide
            steps:
              ingest: { component: ingest, with: { dataset: rows } }
              transform: { component: transform, inputs: { data: ingest }, with: { label: y, positive: "yes", split: { by: random, train: 0.7, seed: 3 } } }
              trees: { component: train, inputs: { data: transform }, with: { trainer: lightgbm, seed: 7, params: { iterations: 60, baggingFraction: 0.7, earlyStopping: 10 } } }
              bush: { component: train, inputs: { data: transform }, with: { trainer: lightgbm, seed: 8, params: { iterations: 60, leaves: 4, featureFraction: 0.5 } } }
              line: { component: train, inputs: { data: transform }, with: { trainer: linear, seed: 7 } }
              judge-trees: { component: evaluate, inputs: { model: trees, data: transform } }
              judge-line: { component: evaluate, inputs: { model: line, data: transform } }
            """;
        var seen = new List<string>();
        foreach (var atOnce in (int[])[1, 4])
        {
            await using var portal = await TestPortal.StartAsync(configure: services =>
            {
                EngineBench.WithoutQueue(services);
                services.Configure<JobsOptions>(o => (o.StepsAtOnce, o.Workers) = (atOnce, 4));
            });
            var random = new Random(5);
            var csv = new System.Text.StringBuilder("a,b,y\n");
            for (var i = 0; i < 1500; i++)
            {
                var (a, b) = (random.Next(1000), random.Next(1000));
                csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{a},{b},{(a + b + random.Next(300) > 1100 ? "yes" : "no")}\n");
            }

            await using var rows = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv.ToString()));
            await portal.Get<DatasetService>().ImportAsync("rows", rows, ImportFormats.Csv, "rows.csv", null, TestPortal.Engineer, Stop);
            await portal.Get<PipelineService>().PutAsync("wide", Wide, TestPortal.Engineer, Stop);
            var id = await portal.Get<RunLauncher>().StartAsync("wide", [], null, TestPortal.Engineer, Stop);
            await portal.Get<RunEngine>().ExecuteAsync(id, Stop);
            await using var db = portal.Open();
            var steps = await db.RunSteps.Where(s => s.RunId == id).OrderBy(s => s.Ordinal).ToListAsync(Stop);
            steps.ShouldAllBe(s => s.Status == StepStatus.Succeeded);
            seen.Add(string.Join('\n', steps.Select(s => $"{s.Name} {s.Output} {s.CacheKey}")));
        }

        seen[1].ShouldBe(seen[0]);
    }

    [Fact]
    public async Task Unmet_bound_fails_the_run_at_evaluate_and_pushes_nothing()
    {
        await using var portal = await TestPortal.StartAsync(configure: EngineBench.WithoutQueue);
        await GivenElec2Async(portal);
        await portal.Get<PipelineService>().PutAsync("elec2", Yaml, TestPortal.Engineer, Stop);

        var run = await RunAsync(portal, "evaluate.require.auc.min=0.99");

        run.Summary.Status.ShouldBe(RunStatus.Failed);
        run.Summary.Error.ShouldNotBeNull().ShouldStartWith("evaluate: ");
        run.Summary.Error!.ShouldContain("0.99");
        run.Summary.Metrics["auc"].Value.ShouldBeInRange(0.77, 0.99);
        run.Steps[5].Status.ShouldBe(StepStatus.Pending);
        await using var db = portal.Open();
        (await db.ModelVersions.CountAsync(Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Parameter_that_the_trainer_does_not_know_is_refused_with_those_that_it_knows()
    {
        await using var portal = await TestPortal.StartAsync(configure: EngineBench.WithoutQueue);
        await portal.Get<PipelineService>().PutAsync("elec2", Yaml, TestPortal.Engineer, Stop);

        var refused = await Should.ThrowAsync<RefusedException>(() => portal.Get<RunLauncher>().StartAsync("elec2", ["train.params.leavs=5"], null, TestPortal.Engineer, Stop));
        var placed = await Should.ThrowAsync<RefusedException>(() => portal.Get<PipelineService>().PutAsync("elec2", Yaml.Replace("learningRate", "learningRat", StringComparison.Ordinal), TestPortal.Engineer, Stop));

        refused.Message.ShouldContain("leavs");
        refused.Message.ShouldContain("learningRate");
        refused.Errors!.Keys.ShouldBe(["overrides"]);
        placed.Line.ShouldBe(19);
    }

    private static async Task GivenElec2Async(TestPortal portal)
    {
        await using var file = File.OpenRead(TrainingBench.DataPath("elec2/elec2.csv"));
        await portal.Get<DatasetService>().ImportAsync("elec2", file, ImportFormats.Csv, "elec2.csv", null, TestPortal.Engineer, Stop);
    }

    private static async Task<RunDetail> RunAsync(TestPortal portal, params string[] overrides)
    {
        var id = await portal.Get<RunLauncher>().StartAsync("elec2", overrides, null, TestPortal.Engineer, Stop);
        await portal.Get<RunEngine>().ExecuteAsync(id, Stop);
        return await portal.Get<RunService>().GetAsync(id, Stop);
    }
}
