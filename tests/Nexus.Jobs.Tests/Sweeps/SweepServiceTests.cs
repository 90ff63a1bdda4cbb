using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Lineage;
using Nexus.Data.Pipelines;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Sweeps;
using Nexus.Jobs.Tests.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Sweeps;

/// <summary>What may be asked of a sweep, and what is refused before anything is queued.</summary>
public sealed class SweepServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_under_the_same_id_is_one_sweep()
    {
        await using var bench = await SweepBench.StartAsync();
        var (service, id) = (bench.Portal.Get<SweepService>(), Ids.New(bench.Time));
        var asked = new NewSweep("demo", ["train.params.leaves=4,10"], "score");

        var ids = new[] { await service.StartAsync(asked, TestPortal.Engineer, Stop, id), await service.StartAsync(asked, TestPortal.Engineer, Stop, id) };
        var another = await service.StartAsync(asked, TestPortal.Engineer, Stop);

        ids.ShouldBe([id, id]);
        (await bench.SweepViewAsync(another)).Number.ShouldBe(2);
        (await bench.Portal.Get<SweepCatalog>().ListAsync("demo", new(), Stop)).Items.Select(s => s.Id).ShouldBe([another, id], ignoreOrder: true);
    }

    [Theory]
    [InlineData("train.params.leaves=4", "nothing to sweep over")]
    [InlineData("train.params.leaves=4,1", "leaves")]
    [InlineData("train.params.leafs=4,8", "leafs")]
    [InlineData("train.params.leaves=range(2,3000)", "at most 500")]
    public async Task Start_of_what_cannot_run_is_refused_and_keeps_nothing(string overrides, string because)
    {
        await using var bench = await SweepBench.StartAsync();

        var refusal = await Should.ThrowAsync<RefusedException>(
            () => bench.Portal.Get<SweepService>().StartAsync(new("demo", [overrides], "score"), TestPortal.Engineer, Stop));

        refusal.Kind.ShouldBe(RefusalKind.Invalid);
        refusal.Message.ShouldContain(because);
        await using var db = bench.Portal.Open();
        (await db.Sweeps.CountAsync(Stop)).ShouldBe(0);
        (await db.Runs.CountAsync(Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Start_is_refused_by_each_field()
    {
        await using var bench = await SweepBench.StartAsync();
        var asked = new NewSweep("demo", ["train.params.learningRate=tag(log, interval(0.01, 0.3))"], "score");
        async Task RefusedAsync(NewSweep sweep, string because) =>
            (await Should.ThrowAsync<RefusedException>(() => bench.Portal.Get<SweepService>().StartAsync(sweep, TestPortal.Engineer, Stop))).Message.ShouldContain(because);

        await RefusedAsync(asked with { Strategy = SweepStrategy.Grid }, "no grid");
        await RefusedAsync(asked with { Pipeline = "other" }, "There is no pipeline");
        await RefusedAsync(asked with { Metric = "acu" }, "Did you mean 'auc'?");
        await RefusedAsync(asked with { Metric = " " }, "metric");
        await RefusedAsync(asked with { MaxTrials = 501 }, "1 to 500");
        await RefusedAsync(asked with { Parallel = 0 }, "1 to 64");
        await RefusedAsync(asked with { Dataset = "none" }, "There is no dataset");
        await RefusedAsync(asked with { Stopping = new(StoppingKind.Asha, Reduction: 1) }, "reduction");
    }

    [Fact]
    public async Task Sweep_over_the_options_of_a_group_runs_each_that_fits_and_is_seen_in_the_lineage()
    {
        await using var bench = await SweepBench.StartAsync();
        var (configs, service) = (bench.Portal.Get<ConfigService>(), bench.Portal.Get<SweepService>());
        foreach (var (option, leaves) in new[] { ("deep", 40), ("fast", 4), ("good", 10), ("slow", 90) })
            await configs.PutAsync($"training/{option}", $"leaves: {leaves}\n", TestPortal.Engineer, Stop);
        await bench.Portal.Get<PipelineService>().PutAsync(
            "demo", "defaults: [ { training: fast }, _self_ ]\n" + EngineBench.Yaml.Replace("${params.leaves}", "${training.leaves}", StringComparison.Ordinal), TestPortal.Engineer, Stop);

        var estimate = await service.EstimateAsync("demo", ["training=glob(*, exclude=s*)"], null, null, null, null, Stop);
        var id = await service.StartAsync(new("demo", ["training=glob(*, exclude=s*)"], "score"), TestPortal.Engineer, Stop);
        await configs.PutAsync("training/great", "leaves: 11\n", TestPortal.Engineer, Stop); // no option of a sweep that has begun
        await bench.FinishAsync(id);

        estimate.Runs.ShouldBe(3);
        (await bench.TrialsAsync(id)).Select(t => t.Values["training"]).ShouldBe(["deep", "fast", "good"]);
        var runs = await bench.RunsAsync();
        runs.ShouldAllBe(r => r.Status == RunStatus.Succeeded);
        (await bench.SweepViewAsync(id)).Best!.RunId.ShouldBe(runs[2].Id);
        var lineage = await bench.Portal.Get<LineageService>().GetAsync(new($"run/{runs[0].Id}", LineageDirection.Up, 2), Stop);
        lineage.Edges.Select(e => $"{e.From} {e.Relation} {e.To}").Order(StringComparer.Ordinal).ShouldBe(
        [
            $"config/training/deep@1 composed run/{runs[0].Id}",
            $"pipeline/demo@2 swept sweep/{id}",
            $"sweep/{id} started run/{runs[0].Id}",
        ]);
        lineage.Nodes.Select(n => n.Title).Order(StringComparer.Ordinal).ShouldBe(["demo #1", "demo revision 2", "demo sweep 1", "training/deep revision 1"]);
        var config = await bench.Portal.Get<LineageService>().GetAsync(new("config/training/fast", LineageDirection.Down, 1), Stop);
        config.Root.ShouldBe("config/training/fast@1");
        config.Nodes.Select(n => n.Id).ShouldBe(["config/training/fast@1", "pipeline/demo@2", $"run/{runs[1].Id}"], ignoreOrder: true);
    }

    [Fact]
    public async Task Pause_starts_no_further_run_and_resume_goes_on()
    {
        await using var bench = await SweepBench.StartAsync();
        var id = await bench.SweepAsync("4,10,30,40");
        await bench.MoveAsync();

        await bench.Portal.Get<SweepService>().PauseAsync(id, TestPortal.Engineer, Stop);
        await bench.FinishAsync(id);
        var paused = await bench.SweepViewAsync(id);
        await bench.Portal.Get<SweepService>().ResumeAsync(id, TestPortal.Engineer, Stop);
        await bench.FinishAsync(id);

        (paused.State, paused.Done, paused.Trials).ShouldBe((SweepState.Paused, 2, 2));
        var ended = await bench.SweepViewAsync(id);
        (ended.State, ended.Done).ShouldBe((SweepState.Succeeded, 4));
    }

    [Fact]
    public async Task Cancel_cancels_the_open_runs_and_is_final()
    {
        await using var bench = await SweepBench.StartAsync();
        var service = bench.Portal.Get<SweepService>();
        var id = await bench.SweepAsync("4,10,30,40");
        await bench.MoveAsync();

        await service.CancelAsync(id, TestPortal.Engineer, Stop);
        await service.CancelAsync(id, TestPortal.Engineer, Stop);
        await bench.MoveAsync();

        (await bench.RunsAsync()).Select(r => (r.Status, r.Error)).ShouldBe([(RunStatus.Canceled, "its sweep was canceled"), (RunStatus.Canceled, "its sweep was canceled")]);
        (await Should.ThrowAsync<RefusedException>(() => service.ResumeAsync(id, TestPortal.Engineer, Stop))).Kind.ShouldBe(RefusalKind.Conflict);
        (await Should.ThrowAsync<RefusedException>(() => service.ExtendAsync(id, 1, TestPortal.Engineer, Stop))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Extend_lets_a_sweep_that_was_done_go_on_as_far_as_its_grid_reaches()
    {
        await using var bench = await SweepBench.StartAsync();
        var service = bench.Portal.Get<SweepService>();
        var id = await bench.SweepAsync("4,10,30", s => s with { MaxTrials = 1 });
        await bench.FinishAsync(id);
        var first = await bench.SweepViewAsync(id);

        (await Should.ThrowAsync<RefusedException>(() => service.ExtendAsync(id, 3, TestPortal.Engineer, Stop))).Kind.ShouldBe(RefusalKind.Invalid);
        await service.ExtendAsync(id, 2, TestPortal.Engineer, Stop);
        await bench.FinishAsync(id);

        (first.State, first.Done).ShouldBe((SweepState.Succeeded, 1));
        var all = await bench.SweepViewAsync(id);
        (all.State, all.Done, all.MaxTrials).ShouldBe((SweepState.Succeeded, 3, 3));
        (await Should.ThrowAsync<RefusedException>(() => service.ExtendAsync(id, 1, TestPortal.Engineer, Stop))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Tpe_searches_an_interval_as_far_as_it_is_asked_to()
    {
        await using var bench = await SweepBench.StartAsync();
        var id = await bench.SweepAsync("int(interval(2, 100))", s => s with { MaxTrials = 16, Seed = 3 });

        await bench.FinishAsync(id);

        var sweep = await bench.SweepViewAsync(id);
        (sweep.Strategy, sweep.State, sweep.Succeeded, sweep.Combinations).ShouldBe((SweepStrategy.Tpe, SweepState.Succeeded, 16, null));
        (await bench.TrialsAsync(id)).Select(t => int.Parse(t.Values.Values.Single())).ShouldAllBe(leaves => leaves >= 2 && leaves < 100);
    }

    [Fact]
    public async Task Estimate_tells_runs_and_time_from_the_steps_that_the_values_change()
    {
        await using var bench = await SweepBench.StartAsync();
        var service = bench.Portal.Get<SweepService>();
        Task<SweepEstimate> Estimate() => service.EstimateAsync("demo", ["train.params.leaves=4,10,30,40"], null, null, null, 2, Stop);
        var unknown = await Estimate();
        await RanAsync(bench, ingest: 10, train: 3, push: 1);
        await RanAsync(bench, ingest: 20, train: 5, push: 1);

        var known = await Estimate();

        (unknown.Runs, unknown.LeastSeconds, unknown.Basis).ShouldBe((4, null, "unknown: no run of this pipeline has succeeded yet"));
        // Two rounds of train and push, once ingest: 10 + 2 · (3 + 1) to 20 + 2 · (5 + 1).
        (known.Runs, known.Combinations, known.Parallel, known.LeastSeconds, known.MostSeconds).ShouldBe((4, 4L, 2, 18.0, 32.0));
        known.Basis.ShouldBe("by the quickest and the slowest of the latest 2 executions of train, push, 2 at a time; ingest works once");
    }

    // A run whose steps took so many seconds.
    private static async Task RanAsync(EngineBench bench, int ingest, int train, int push)
    {
        var run = await bench.LaunchAsync();
        await using var db = bench.Portal.Open();
        var took = new Dictionary<string, int> { ["ingest"] = ingest, ["train"] = train, ["push"] = push };
        var now = bench.Time.GetUtcNow();
        (await db.Runs.SingleAsync(r => r.Id == run, Stop)).Status = RunStatus.Succeeded;
        foreach (var step in await db.RunSteps.Where(s => s.RunId == run).ToListAsync(Stop))
            (step.Status, step.StartedAt, step.EndedAt) = (StepStatus.Succeeded, now, now.AddSeconds(took[step.Name]));
        await db.SaveChangesAsync(Stop);
    }
}
