using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Jobs.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>Steps whose inputs are there work side by side, and all else is as if they had come one after the other.</summary>
public sealed class ParallelStepsTests
{
    private const string Wide = """
        name: demo
        steps:
          ingest: { component: first }
          left: { component: second, inputs: { data: ingest }, with: { value: 1 } }
          middle: { component: second, inputs: { data: ingest }, with: { value: 2 } }
          right: { component: second, inputs: { data: ingest }, with: { value: 3 } }
          push: { component: third, inputs: { model: left } }
        """;

    private static readonly string[] Branches = ["left", "middle", "right"];

    [Fact]
    public async Task Steps_whose_inputs_are_there_work_at_the_same_time()
    {
        await using var bench = await StartAsync(atOnce: 3);
        var meeting = new Meeting(bench.Second, Branches);
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);

        await meeting.AllCame; // none of them ends before
        meeting.Release();
        await bench.DriveAsync(work);

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Succeeded);
        detail.Steps.Select(s => (s.Name, s.Status, s.Attempt)).ShouldBe(
            ((string[])["ingest", "left", "middle", "right", "push"]).Select(name => (name, StepStatus.Succeeded, 1)));
        foreach (var step in Branches) (await bench.LogAsync(run, step)).ShouldContain($"Z {step} is here\n");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_more_steps_work_at_once_than_may_and_they_begin_in_order(int atOnce)
    {
        await using var bench = await StartAsync(atOnce);
        var (now, most, begun) = (0, 0, new ConcurrentQueue<string>());
        bench.Second.Work = async (step, ct) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            begun.Enqueue(step.Step);
            await Task.Delay(50, ct);
            Interlocked.Decrement(ref now);
            return bench.Second.Output(step);
        };
        var run = await bench.LaunchAsync();

        await bench.ExecuteAsync(run);

        most.ShouldBe(atOnce);
        if (atOnce == 1) begun.ShouldBe(Branches);
        begun.Order().ShouldBe(Branches);
        (await bench.ReadAsync(run)).Summary.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task Two_runs_share_what_may_work_at_once_and_each_has_one()
    {
        await using var bench = await StartAsync(atOnce: 2);
        var meeting = new Meeting(bench.Second, ["left", "middle", "left of the second"], step => step.With.ContainsKey("mode") ? $"{step.Step} of the second" : step.Step);
        var (first, second) = (await bench.LaunchAsync(), await bench.LaunchAsync("+left.mode=fast", "+middle.mode=fast", "+right.mode=fast"));
        var one = bench.StartRun(first);
        await meeting.CameAsync("left", "middle");
        var two = bench.StartRun(second);

        await meeting.AllCame;
        meeting.Waiting.ShouldBe(["left", "left of the second", "middle"], ignoreOrder: true);
        meeting.Release();
        await bench.DriveAsync(Task.WhenAll(one, two));

        foreach (var run in (Guid[])[first, second]) (await bench.ReadAsync(run)).Summary.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task Failure_lets_what_works_end_begins_nothing_more_and_a_retry_goes_on_from_there()
    {
        await using var bench = await StartAsync(atOnce: 2);
        var meeting = new Meeting(bench.Second, ["left", "middle"]);
        meeting.Then["left"] = _ => throw Refused.Invalid("Not today.");
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);
        await meeting.AllCame;

        meeting.Release("left");
        await UntilAsync(async () => (await bench.ReadAsync(run)).Steps[1].Status == StepStatus.Failed, bench);
        meeting.Release();
        await bench.DriveAsync(work);

        var failed = await bench.ReadAsync(run);
        (failed.Summary.Status, failed.Summary.Error).ShouldBe((RunStatus.Failed, "left: Not today."));
        failed.Steps.Select(s => s.Status).ShouldBe([StepStatus.Succeeded, StepStatus.Failed, StepStatus.Succeeded, StepStatus.Pending, StepStatus.Pending]);
        bench.Second.Work = null;
        await bench.Portal.Get<RunLauncher>().RetryAsync(run, TestPortal.Engineer, CancellationToken.None);
        await bench.ExecuteAsync(run);
        var retried = await bench.ReadAsync(run);
        retried.Summary.Status.ShouldBe(RunStatus.Succeeded);
        retried.Steps.Select(s => s.Attempt).ShouldBe([1, 2, 1, 1, 1]);
    }

    [Fact]
    public async Task What_acts_on_the_world_waits_for_all_before_it_and_does_not_act_where_one_of_them_fails()
    {
        await using var bench = await StartAsync(atOnce: 4);
        var meeting = new Meeting(bench.Second, Branches);
        meeting.Then["right"] = _ => throw Refused.Invalid("auc 0.61 is below 0.7");
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);
        await meeting.AllCame;

        meeting.Release("left", "middle"); // the push has its input now
        await UntilAsync(async () => (await bench.ReadAsync(run)).Steps.Count(s => s.Status == StepStatus.Succeeded) == 3, bench);
        meeting.Release();
        await bench.DriveAsync(work);

        var detail = await bench.ReadAsync(run);
        (detail.Summary.Status, detail.Summary.Error).ShouldBe((RunStatus.Failed, "right: auc 0.61 is below 0.7"));
        detail.Steps[4].Status.ShouldBe(StepStatus.Pending);
        bench.Third.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Cancel_stops_all_that_works()
    {
        await using var bench = await StartAsync(atOnce: 2);
        var meeting = new Meeting(bench.Second, ["left", "middle"]);
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);
        await meeting.AllCame;

        await bench.Portal.Get<RunLauncher>().CancelAsync(run, TestPortal.Engineer, CancellationToken.None);
        await bench.DriveAsync(work);

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Canceled);
        detail.Steps.Select(s => s.Status).ShouldBe([StepStatus.Succeeded, StepStatus.Canceled, StepStatus.Canceled, StepStatus.Pending, StepStatus.Pending]);
        bench.Second.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Shutdown_gives_all_that_works_back_and_the_next_process_does_no_step_twice()
    {
        await using var bench = await StartAsync(atOnce: 3);
        var meeting = new Meeting(bench.Second, Branches);
        var run = await bench.LaunchAsync();
        using var shutdown = new CancellationTokenSource();
        var work = EngineBench.StartRun(bench.Portal, run, shutdown.Token);
        await meeting.AllCame;
        meeting.Release("middle");
        await UntilAsync(async () => (await bench.ReadAsync(run)).Steps[2].Status == StepStatus.Succeeded, bench);

        await shutdown.CancelAsync();
        await bench.DriveAsync(work);
        var left = await bench.ReadAsync(run);
        bench.Second.Work = null;
        await using var next = await bench.AnotherWorkerAsync();
        await bench.ExecuteAsync(run, next);

        left.Summary.Status.ShouldBe(RunStatus.Queued);
        left.Steps.Select(s => s.Status).ShouldBe([StepStatus.Succeeded, StepStatus.Pending, StepStatus.Succeeded, StepStatus.Pending, StepStatus.Pending]);
        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Succeeded);
        detail.Steps.Select(s => s.Attempt).ShouldBe([1, 2, 1, 2, 1]);
    }

    [Fact]
    public async Task Step_that_failed_before_the_process_vanished_stays_failed_and_what_worked_beside_it_is_given_up()
    {
        await using var bench = await StartAsync(atOnce: 2);
        var run = await bench.LaunchAsync();
        await using (var vanished = await bench.AnotherWorkerAsync()) await vanished.Get<RunLease>().TakeAsync(run, CancellationToken.None);
        await using (var db = bench.Portal.Open())
        {
            await db.RunSteps.Where(s => s.RunId == run && s.Name == "left").ExecuteUpdateAsync(s => s.SetProperty(x => x.Status, StepStatus.Failed).SetProperty(x => x.Error, "Not today."));
            await db.RunSteps.Where(s => s.RunId == run && s.Name == "middle").ExecuteUpdateAsync(s => s.SetProperty(x => x.Status, StepStatus.Running));
        }

        bench.Time.Advance(TimeSpan.FromSeconds(21));
        await bench.ExecuteAsync(run);

        var detail = await bench.ReadAsync(run);
        (detail.Summary.Status, detail.Summary.Error).ShouldBe((RunStatus.Failed, "left: Not today."));
        detail.Steps.Select(s => s.Status).ShouldBe([StepStatus.Pending, StepStatus.Failed, StepStatus.Canceled, StepStatus.Pending, StepStatus.Pending]);
        bench.Second.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Worker_that_lost_its_lease_ends_all_that_works_and_writes_nothing_more()
    {
        await using var bench = await StartAsync(atOnce: 2);
        var meeting = new Meeting(bench.Second, ["left", "middle"]);
        meeting.Then["left"] = step => bench.Second.Output(step) with { Facts = new() { ["from"] = "the former worker" } };
        var run = await bench.LaunchAsync();
        var former = bench.StartRun(run);
        await meeting.AllCame;
        await using (var db = bench.Portal.Open())
        {
            db.Runs.Single(r => r.Id == run).LeaseUntil = bench.Time.GetUtcNow().AddSeconds(-1);
            await db.SaveChangesAsync();
        }

        bench.Second.Work = null;
        await using var next = await bench.AnotherWorkerAsync();
        await bench.ExecuteAsync(run, next);
        meeting.Release("left"); // and 'middle' would work for ever
        await bench.DriveAsync(former);

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Succeeded);
        detail.Steps.Select(s => s.Output!["facts"]!["from"]!.GetValue<string>()).ShouldBe(["first", "second", "second", "second", "third"]);
        bench.Third.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Equal_steps_of_one_run_and_of_another_work_once()
    {
        var yaml = Wide.Replace("value: 2", "value: 1", StringComparison.Ordinal);
        await using var bench = await StartAsync(atOnce: 4, yaml);
        bench.First.Work = bench.Second.Work = async (step, ct) =>
        {
            await Task.Delay(100, ct);
            return step.Step == "ingest" ? bench.First.Output(step) : bench.Second.Output(step);
        };
        var (one, two) = (await bench.LaunchAsync(), await bench.LaunchAsync());

        await bench.DriveAsync(Task.WhenAll(bench.StartRun(one), bench.StartRun(two)));

        (bench.First.Calls, bench.Second.Calls, bench.Third.Calls).ShouldBe((1, 2, 2));
        RunStepView[] steps = [.. (await bench.ReadAsync(one)).Steps, .. (await bench.ReadAsync(two)).Steps];
        steps.ShouldAllBe(s => s.Status == StepStatus.Succeeded);
        steps.Count(s => s.Cached).ShouldBe(5);
    }

    [Fact]
    public async Task Outputs_and_results_do_not_depend_on_which_step_ends_first()
    {
        var known = new HashSet<string>();
        foreach (var order in (string[][])[["left", "middle", "right"], ["right", "middle", "left"], ["middle", "right", "left"]])
        {
            await using var bench = await StartAsync(atOnce: 3);
            var meeting = new Meeting(bench.Second, Branches);
            foreach (var name in Branches)
            {
                var value = 0.25 * (1 + Array.IndexOf(Branches, name));
                meeting.Then[name] = step => bench.Second.Output(step) with { Metrics = new Dictionary<string, MetricEstimate> { ["auc"] = new(value, null, null), [$"only-{name}"] = new(value, null, null) } };
            }

            var run = await bench.LaunchAsync();
            var work = bench.StartRun(run);
            await meeting.AllCame;
            foreach (var name in order)
            {
                meeting.Release(name);
                await UntilAsync(async () => (await bench.ReadAsync(run)).Steps.Single(s => s.Name == name).Status == StepStatus.Succeeded, bench);
            }

            await bench.DriveAsync(work);
            await using var db = bench.Portal.Open();
            var outputs = await db.RunSteps.Where(s => s.RunId == run).OrderBy(s => s.Ordinal).Select(s => s.Output!).ToListAsync();
            var results = await db.RunLatestMetrics.Where(m => m.RunId == run).OrderBy(m => m.Key).Select(m => $"{m.Key} {m.Value}").ToListAsync();
            results.ShouldContain("auc 0.75"); // the last in the document's order, as ever
            known.Add(CanonicalJson.Digest(CanonicalJson.Write(outputs.Concat(results))));
        }

        known.Count.ShouldBe(1);
    }

    private static Task<EngineBench> StartAsync(int atOnce, string yaml = Wide) =>
        EngineBench.StartAsync(yaml, services => services.Configure<JobsOptions>(o => o.StepsAtOnce = atOnce));

    private static async Task UntilAsync(Func<Task<bool>> seen, EngineBench bench)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await seen())
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>Steps that come and wait until they are let go.</summary>
    private sealed class Meeting
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _came = new();
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _gone = new();
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly string[] _expected;

        public Meeting(FakeComponent component, string[] expected, Func<StepContext, string>? naming = null)
        {
            _expected = expected;
            component.Work = async (step, ct) =>
            {
                var name = naming?.Invoke(step) ?? step.Step;
                step.Log($"{name} is here");
                Of(_came, name).TrySetResult();
                await Task.WhenAny(Of(_gone, name).Task, _all.Task).WaitAsync(ct);
                return Then.GetValueOrDefault(name)?.Invoke(step) ?? component.Output(step);
            };
        }

        /// <summary>What a step does once it is let go; else it answers.</summary>
        public ConcurrentDictionary<string, Func<StepContext, StepOutput>> Then { get; } = new();

        public Task AllCame => CameAsync(_expected);

        public IEnumerable<string> Waiting => _came.Keys;

        public Task CameAsync(params string[] names) => Task.WhenAll(names.Select(n => Of(_came, n).Task)).WaitAsync(TimeSpan.FromSeconds(60));

        public void Release(params string[] names)
        {
            foreach (var name in names) Of(_gone, name).TrySetResult();
            if (names.Length == 0) _all.TrySetResult();
        }

        private static TaskCompletionSource Of(ConcurrentDictionary<string, TaskCompletionSource> all, string name) =>
            all.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
