using Hangfire;
using Hangfire.InMemory;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Sweeps;
using Nexus.Jobs.Tests.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Sweeps;

/// <summary>Each trial once, whatever happens to the processes; nothing beyond what was asked for.</summary>
public sealed class SweepEngineTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grid_makes_every_run_once_and_ends_with_the_best()
    {
        await using var bench = await SweepBench.StartAsync();
        var id = await bench.SweepAsync("4,10,30");

        await bench.FinishAsync(id);

        var sweep = await bench.SweepViewAsync(id);
        (sweep.State, sweep.Trials, sweep.Done, sweep.Succeeded).ShouldBe((SweepState.Succeeded, 3, 3, 3));
        sweep.Best!.Values.ShouldBe(new Dictionary<string, string> { ["train.params.leaves"] = "10" });
        sweep.Best.Result!.Value.ShouldBe(1);
        sweep.Curve.Select(c => c.Best).ShouldBe([0.94, 1, 1]);
        var runs = await bench.RunsAsync();
        runs.ShouldAllBe(r => r.SweepId == id && r.Trigger == "sweep 1" && r.Revision == 1 && r.Status == RunStatus.Succeeded);
        (await bench.TrialsAsync(id)).Select(t => t.RunId).ShouldBe(runs.Select(r => r.Id));
        await using var db = bench.Portal.Open();
        (await db.LedgerEntries.Where(e => e.Subject == $"sweep/{id}").OrderBy(e => e.Sequence).Select(e => e.Action).ToListAsync(Stop)).ShouldBe(["sweep.started", "sweep.ended"]);
    }

    [Fact]
    public async Task No_more_runs_are_open_than_are_to_work_at_the_same_time()
    {
        await using var bench = await SweepBench.StartAsync();
        await bench.SweepAsync("range(2,12)", s => s with { Parallel = 64 });

        await bench.MoveAsync();
        await bench.MoveAsync();
        (await bench.RunsAsync()).Count.ShouldBe(2); // as many as this node has workers
        await bench.ExecuteAsync((await bench.RunsAsync())[0].Id);
        await bench.MoveAsync();

        (await bench.RunsAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Runs_compose_the_revision_that_the_sweep_began_with()
    {
        await using var bench = await SweepBench.StartAsync();
        var id = await bench.SweepAsync("4,10,30");
        await bench.MoveAsync();

        await bench.Portal.Get<PipelineService>().PutAsync("demo", EngineBench.Yaml.Replace("dataset: d", "dataset: e", StringComparison.Ordinal), TestPortal.Engineer, Stop);
        await bench.FinishAsync(id);

        (await bench.RunsAsync()).ShouldAllBe(r => r.Revision == 1 && r.Composed.Contains("\"dataset\":\"d\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_compose_the_configs_as_they_were_when_the_sweep_began()
    {
        await using var bench = await SweepBench.StartAsync();
        var configs = bench.Portal.Get<ConfigService>();
        await configs.PutAsync("data/mine", "name: d", TestPortal.Engineer, Stop);
        var yaml = EngineBench.Yaml.Replace("params: { leaves: 31", "defaults: [ { data: mine }, _self_ ]\nparams: { leaves: 31", StringComparison.Ordinal).Replace("dataset: d ", "dataset: \"${data.name}\" ", StringComparison.Ordinal);
        await bench.Portal.Get<PipelineService>().PutAsync("demo", yaml, TestPortal.Engineer, Stop);
        var id = await bench.SweepAsync("4,10,30");
        await bench.MoveAsync();

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await configs.PutAsync("data/mine", "name: e", TestPortal.Engineer, Stop);
        await bench.FinishAsync(id);
        var later = await bench.LaunchAsync();

        (await bench.RunsAsync()).Where(r => r.Id != later).ShouldAllBe(r => r.Composed.Contains("\"dataset\":\"d\"", StringComparison.Ordinal));
        (await bench.RowAsync(later)).Composed.ShouldContain("\"dataset\":\"e\"");
    }

    [Fact]
    public async Task Trial_whose_process_died_before_its_run_began_is_started_once()
    {
        await using var bench = await SweepBench.StartAsync();
        var id = await bench.SweepAsync("4,10");
        var run = Ids.New(bench.Time);
        await using (var db = bench.Portal.Open())
        {
            db.SweepTrials.Add(new() { SweepId = id, Index = 0, Overrides = """["train.params.leaves=4"]""", RunId = run });
            (await db.Sweeps.SingleAsync(Stop)).Version++;
            await db.SaveChangesAsync(Stop);
        }

        await bench.FinishAsync(id);

        (await bench.RunsAsync()).Select(r => r.Id).ShouldBe((await bench.TrialsAsync(id)).Select(t => t.RunId), ignoreOrder: true);
        (await bench.RunsAsync()).Count.ShouldBe(2);
        (await bench.TrialsAsync(id))[0].RunId.ShouldBe(run);
    }

    [Fact]
    public async Task Two_nodes_never_double_a_trial()
    {
        await using var bench = await SweepBench.StartAsync();
        await using var other = await bench.AnotherWorkerAsync();
        var id = await bench.SweepAsync("range(2,22)");

        for (var turn = 0; turn < 60 && (await bench.SweepViewAsync(id)).State == SweepState.Running; turn++)
        {
            await Task.WhenAll(Task.Run(() => bench.MoveAsync(), Stop), Task.Run(() => bench.MoveAsync(other), Stop), Task.Run(() => bench.MoveAsync(), Stop));
            foreach (var run in await bench.RunsAsync(RunStatus.Queued)) await bench.ExecuteAsync(run.Id);
        }

        var (sweep, trials, runs) = (await bench.SweepViewAsync(id), await bench.TrialsAsync(id), await bench.RunsAsync());
        (sweep.State, trials.Count, runs.Count).ShouldBe((SweepState.Succeeded, 20, 20));
        trials.Select(t => t.Values.Values.Single()).ShouldBeUnique();
        runs.Select(r => r.Number).ShouldBe(Enumerable.Range(1, 20));
        trials.Select(t => t.RunId).ShouldBe(runs.Select(r => r.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task Run_started_by_two_nodes_under_one_id_is_one_run()
    {
        await using var bench = await SweepBench.StartAsync();
        await using var other = await bench.AnotherWorkerAsync();
        var id = Ids.New(bench.Time);

        var started = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => (i % 2 == 0 ? bench.Portal : other).Get<RunLauncher>().StartAsync("demo", [], null, TestPortal.Engineer, Stop, id: id), Stop)));

        started.ShouldAllBe(run => run == id);
        (await bench.RunsAsync()).Single().Number.ShouldBe(1);
    }

    [Fact]
    public async Task Trial_that_cannot_be_started_is_failed_with_the_reason_and_the_others_go_on()
    {
        await using var bench = await SweepBench.StartAsync();
        var id = await bench.SweepAsync("4,10");
        await using (var db = bench.Portal.Open())
        {
            db.SweepTrials.Add(new() { SweepId = id, Index = 0, Overrides = """["train.params.leaves=nonsense"]""", RunId = Ids.New(bench.Time) });
            await db.SaveChangesAsync(Stop);
        }

        await bench.FinishAsync(id);

        var trials = await bench.TrialsAsync(id);
        trials.Select(t => t.State).ShouldBe([TrialState.Failed, TrialState.Succeeded]);
        trials[0].Reason.ShouldNotBeNull().ShouldContain("leaves");
        (await bench.SweepViewAsync(id)).State.ShouldBe(SweepState.Succeeded);
    }

    [Fact]
    public async Task Sweep_whose_first_five_runs_fail_is_failed_and_starts_no_more()
    {
        await using var bench = await SweepBench.StartAsync();
        bench.Second.Work = (_, _) => throw Refused.Invalid("Too few rows.");
        var id = await bench.SweepAsync("range(2,30)");

        await bench.FinishAsync(id);

        var sweep = await bench.SweepViewAsync(id);
        sweep.State.ShouldBe(SweepState.Failed);
        sweep.Error.ShouldNotBeNull().ShouldContain("Too few rows.");
        sweep.Trials.ShouldBeInRange(5, 7);
    }

    [Fact]
    public void Free_worker_takes_the_run_of_a_person_before_those_of_sweeps()
    {
        using var storage = new InMemoryStorage();
        var client = new BackgroundJobClient(storage);
        for (var i = 0; i < 50; i++) client.Enqueue<Marker>(RunQueue.Names[1], m => m.Sweep());
        client.Enqueue<Marker>(RunQueue.Names[0], m => m.Person());
        using var connection = storage.GetConnection();

        using var first = connection.FetchNextJob(RunQueue.Names, Stop);

        connection.GetJobData(first.JobId).Job.Method.Name.ShouldBe(nameof(Marker.Person));
        RunQueue.Names[0].ShouldBeLessThan(RunQueue.Names[1]); // some storages look by name
    }

    private sealed class Marker
    {
        public void Sweep()
        {
        }

        public void Person()
        {
        }
    }
}
