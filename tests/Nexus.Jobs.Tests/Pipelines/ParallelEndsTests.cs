using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>How steps that work side by side come to an end before their time: by failure, cancel, shutdown, and the loss of their worker.</summary>
public sealed class ParallelEndsTests
{
    [Fact]
    public async Task Failure_lets_what_works_end_begins_nothing_more_and_a_retry_goes_on_from_there()
    {
        await using var bench = await WideRun.StartAsync(atOnce: 2);
        var meeting = new Meeting(bench.Second, ["left", "middle"]);
        meeting.Then["left"] = _ => throw Refused.Invalid("Not today.");
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);
        await meeting.AllCame;

        meeting.Release("left");
        await WideRun.UntilAsync(async () => (await bench.ReadAsync(run)).Steps[1].Status == StepStatus.Failed, bench);
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
        await using var bench = await WideRun.StartAsync(atOnce: 4);
        var meeting = new Meeting(bench.Second, WideRun.Branches);
        meeting.Then["right"] = _ => throw Refused.Invalid("auc 0.61 is below 0.7");
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);
        await meeting.AllCame;

        meeting.Release("left", "middle"); // the push has its input now
        await WideRun.UntilAsync(async () => (await bench.ReadAsync(run)).Steps.Count(s => s.Status == StepStatus.Succeeded) == 3, bench);
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
        await using var bench = await WideRun.StartAsync(atOnce: 2);
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
        await using var bench = await WideRun.StartAsync(atOnce: 3);
        var meeting = new Meeting(bench.Second, WideRun.Branches);
        var run = await bench.LaunchAsync();
        using var shutdown = new CancellationTokenSource();
        var work = EngineBench.StartRun(bench.Portal, run, shutdown.Token);
        await meeting.AllCame;
        meeting.Release("middle");
        await WideRun.UntilAsync(async () => (await bench.ReadAsync(run)).Steps[2].Status == StepStatus.Succeeded, bench);

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
        await using var bench = await WideRun.StartAsync(atOnce: 2);
        var run = await bench.LaunchAsync();
        await using (var vanished = await bench.AnotherWorkerAsync()) await vanished.Get<RunLease>().TakeAsync(run, CancellationToken.None);
        await using (var db = bench.Portal.Open())
        {
            await db.RunSteps.Where(s => s.RunId == run && s.Name == "left").ExecuteUpdateAsync(s => s.SetProperty(x => x.Status, StepStatus.Failed).SetProperty(x => x.Error, "Not today."));
            await db.RunSteps.Where(s => s.RunId == run && s.Name == "middle").ExecuteUpdateAsync(s => s.SetProperty(x => x.Status, StepStatus.Running));
        }

        await bench.WaitOutLeaseAsync();
        await bench.ExecuteAsync(run);

        var detail = await bench.ReadAsync(run);
        (detail.Summary.Status, detail.Summary.Error).ShouldBe((RunStatus.Failed, "left: Not today."));
        detail.Steps.Select(s => s.Status).ShouldBe([StepStatus.Pending, StepStatus.Failed, StepStatus.Canceled, StepStatus.Pending, StepStatus.Pending]);
        bench.Second.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Worker_that_lost_its_lease_ends_all_that_works_and_writes_nothing_more()
    {
        await using var bench = await WideRun.StartAsync(atOnce: 2);
        var meeting = new Meeting(bench.Second, ["left", "middle"]);
        meeting.Then["left"] = step => bench.Second.Output(step) with { Facts = new() { ["from"] = "the former worker" } };
        var run = await bench.LaunchAsync();
        var former = bench.StartRun(run);
        await meeting.AllCame;
        await bench.LoseLeaseAsync(run);
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
}
