using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Inference.Onnx;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Registry.Evidence;
using Nexus.Jobs.Registry.Explanations;
using Nexus.Jobs.Tests.Pipelines;
using Nexus.Jobs.Tests.Training;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Registry;

public sealed class ExplanationWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pushed_version_is_explained_over_its_test_rows_and_pairs_with_the_next_one()
    {
        await using var portal = await TestPortal.StartAsync(configure: EngineBench.WithoutQueue);
        await using (var file = File.OpenRead(TrainingBench.DataPath("elec2/elec2.csv")))
            await portal.Get<DatasetService>().ImportAsync("elec2", file, ImportFormats.Csv, "elec2.csv", null, TestPortal.Engineer, Stop);
        await portal.Get<PipelineService>().PutAsync("elec2", await File.ReadAllTextAsync(TrainingBench.ExamplePath("elec2.yaml"), Stop), TestPortal.Engineer, Stop);
        foreach (var leaves in new[] { 31, 4 })
        {
            var run = await portal.Get<RunLauncher>().StartAsync("elec2", [$"train.params.leaves={leaves}", "train.params.iterations=20"], null, TestPortal.Engineer, Stop);
            await portal.Get<RunEngine>().ExecuteAsync(run, Stop);
        }

        (await portal.Get<ExplanationWorker>().NextAsync(Stop)).ShouldBeTrue();

        var (found, pending) = await portal.Get<ExplanationCatalog>().NewestAsync("elec2", 1, Stop);
        pending.ShouldBeNull();
        var result = found.ShouldNotBeNull().Result.ShouldNotBeNull();
        (found.RowsAre, found.Label, result.TotalRows, result.Rows, result.Metric).ShouldBe(("test split of elec2@1", "class", 18_125, 5_000, "auc"));
        found.Metrics.ShouldBeNull();
        result.Importance.Count.ShouldBe(7);
        result.Importance[0].Feature.ShouldBe("nswprice");
        result.Importance[0].Lower.ShouldBeGreaterThan(0.05);
        result.Gain[0].Feature.ShouldBe("nswprice");
        result.Gain.Sum(g => g.Share).ShouldBe(1, 1e-9);
        result.Dependence.Count.ShouldBe(7);
        result.Dependence.ShouldAllBe(d => d.Output == "UP");
        result.Search.ShouldNotBeNull();

        var compared = await portal.Get<EvidenceService>().CompareAsync("elec2", 1, 2, Stop);
        compared.OnSameRows.ShouldBeTrue();
        compared.Differences["auc"].Value.ShouldBe(compared.Mine!.Metrics["auc"].Value - compared.Other!.Metrics["auc"].Value, 1e-12);
        var slices = await portal.Get<EvidenceService>().SlicesAsync("elec2", 1, 2, Stop);
        slices.Count.ShouldBe(7);
        slices.Sum(s => s.Rows).ShouldBe(18_125);
        slices.ShouldAllBe(s => s.Difference!["auc"].Lower <= s.Difference["auc"].Value && !s.IsSmall);
    }

    [Fact]
    public async Task Uploaded_model_is_measured_and_explained_on_the_rows_that_somebody_chose()
    {
        await using var portal = await TestPortal.StartAsync();
        await GivenDoublerAsync(portal, 400);
        var service = portal.Get<ExplanationService>();

        var id = await service.RequestAsync("doubler", 1, "lines", "y", TestPortal.Engineer, Stop);
        (await service.RequestAsync("doubler", 1, "lines@1", "y", TestPortal.Engineer, Stop)).ShouldBe(id);
        (await portal.Get<ExplanationWorker>().NextAsync(Stop)).ShouldBeTrue();
        (await portal.Get<ExplanationWorker>().NextAsync(Stop)).ShouldBeFalse();

        var found = await portal.Get<ExplanationCatalog>().GetAsync("doubler", 1, id, Stop);
        found.State.ShouldBe(ExplanationState.Succeeded, found.Error);
        found.Metrics!["rmse"].Value.ShouldBe(0, 1e-4);
        found.Result!.Importance.Single().Value.ShouldBeGreaterThan(1);
        found.Result.Gain.ShouldBeEmpty();
        found.Result.Dependence.Single().Points.ShouldAllBe(p => Math.Abs(p.Mean - (2 * p.X!.Value)) < 1e-3);
        (await portal.Get<EvidenceService>().CompareAsync("doubler", 1, null, Stop)).Mine!.Regression!.Bins.Count.ShouldBe(20);
        await using var db = portal.Open();
        (await db.LedgerEntries.CountAsync(e => e.Action == "model.explanation-requested", Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task Explanation_that_rows_cannot_serve_is_refused_and_leaves_nothing()
    {
        await using var portal = await TestPortal.StartAsync();
        await GivenDoublerAsync(portal, 10);
        var service = portal.Get<ExplanationService>();
        async Task<string> RefusalAsync(string dataset, string label) =>
            (await Should.ThrowAsync<RefusedException>(() => service.RequestAsync("doubler", 1, dataset, label, TestPortal.Engineer, Stop))).Message;

        (await RefusalAsync("lines", "truth")).ShouldContain("'truth'");
        (await RefusalAsync("other", "y")).ShouldContain("other");
        (await RefusalAsync("no name", "y")).ShouldContain("elec2@3");
        var viewer = new Actor("vera", new HashSet<Role> { Role.Viewer });
        (await Should.ThrowAsync<RefusedException>(() => service.RequestAsync("doubler", 1, "lines", "y", viewer, Stop))).Kind.ShouldBe(RefusalKind.Forbidden);
        await using var db = portal.Open();
        (await db.ModelExplanations.AnyAsync(Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_killed_process_left_is_taken_up_and_given_up_after_the_third_time()
    {
        await using var portal = await TestPortal.StartAsync();
        await GivenDoublerAsync(portal, 400);
        var id = await portal.Get<ExplanationService>().RequestAsync("doubler", 1, "lines", "y", TestPortal.Engineer, Stop);
        // A process of this machine that is no more: its lease need not run out.
        var gone = $"{Short(WorkerIdentity.ThisMachine)}/{int.MaxValue}/{Guid.NewGuid():N}";
        await AbandonAsync(portal, id, gone, attempts: 1);

        (await portal.Get<ExplanationWorker>().NextAsync(Stop)).ShouldBeTrue();

        var catalog = portal.Get<ExplanationCatalog>();
        (await catalog.GetAsync("doubler", 1, id, Stop)).State.ShouldBe(ExplanationState.Succeeded);
        await AbandonAsync(portal, id, gone, attempts: 3);
        (await portal.Get<ExplanationWorker>().NextAsync(Stop)).ShouldBeFalse();
        var given = await catalog.GetAsync("doubler", 1, id, Stop);
        given.State.ShouldBe(ExplanationState.Failed);
        given.Error.ShouldNotBeNull().ShouldContain("3 times");
    }

    [Fact]
    public async Task What_a_living_worker_has_is_left_to_it()
    {
        await using var portal = await TestPortal.StartAsync();
        await GivenDoublerAsync(portal, 400);
        var id = await portal.Get<ExplanationService>().RequestAsync("doubler", 1, "lines", "y", TestPortal.Engineer, Stop);
        await AbandonAsync(portal, id, "elsewhere/1/0", attempts: 1);

        (await portal.Get<ExplanationWorker>().NextAsync(Stop)).ShouldBeFalse();
    }

    private static string Short(string machine) => machine.Length <= 40 ? machine : machine[..40];

    private static async Task AbandonAsync(TestPortal portal, Guid id, string owner, int attempts)
    {
        await using var db = portal.Open();
        await db.ModelExplanations.Where(e => e.Id == id).ExecuteUpdateAsync(
            e => e.SetProperty(x => x.State, ExplanationState.Running).SetProperty(x => x.Attempts, attempts).SetProperty(x => x.LeaseOwner, owner)
                .SetProperty(x => x.LeaseUntil, TimeProvider.System.GetUtcNow().AddHours(1)), Stop);
    }

    // y = 2·x, uploaded: it has no evaluation.
    private static async Task GivenDoublerAsync(TestPortal portal, int rows)
    {
        var csv = "x,y\n" + string.Join("\n", Enumerable.Range(0, rows).Select(i => FormattableString.Invariant($"{i / 10.0},{i / 5.0}")));
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv));
        await portal.Get<DatasetService>().ImportAsync("lines", stream, ImportFormats.Csv, "lines.csv", null, TestPortal.Engineer, Stop);
        var graph = new OnnxGraph("g", [new("Add", ["x", "x"], ["y"], [])], [], [new("x", OnnxElement.Float, [-1, 1])], [new("y", OnnxElement.Float, [-1, 1])]);
        var onnx = OnnxWriter.Write(new(graph, new Dictionary<string, long> { [""] = 20 }, new Dictionary<string, string>()));
        var blob = await portal.Get<BlobStore>().PutAsync(onnx, Stop);
        await portal.Get<ModelService>().RegisterAsync(
            new("doubler", blob, new([new("x", "FP32", [-1, 1])], [new("y", "FP32", [-1, 1])], "regression"), new Dictionary<string, MetricEstimate>(), []), TestPortal.Engineer, Stop);
    }
}
