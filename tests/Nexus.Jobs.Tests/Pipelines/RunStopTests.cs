using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>Canceling, retrying, shutting down, and processes that vanish.</summary>
public sealed class RunStopTests
{
    [Fact]
    public async Task Cancel_of_a_waiting_run_is_final_at_once()
    {
        await using var bench = await EngineBench.StartAsync();
        var run = await bench.LaunchAsync();

        await CancelAsync(bench, run);
        await bench.ExecuteAsync(run);

        (await bench.ReadAsync(run)).Summary.Status.ShouldBe(RunStatus.Canceled);
        bench.First.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Cancel_of_a_running_step_that_listens_stops_it_and_the_run()
    {
        await using var bench = await EngineBench.StartAsync();
        var started = Hang(bench.Second, listens: true);
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);
        await started;

        await CancelAsync(bench, run);
        await CancelAsync(bench, run);
        await bench.DriveAsync(work);

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Canceled);
        detail.Steps.Select(s => s.Status).ShouldBe([StepStatus.Succeeded, StepStatus.Canceled, StepStatus.Pending]);
        bench.Third.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Step_that_cannot_be_canceled_is_abandoned_after_five_seconds_and_has_no_effect()
    {
        await using var bench = await EngineBench.StartAsync();
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        bench.Second.Work = async (step, _) =>
        {
            started.SetResult();
            await release.Task;
            step.Log("still talking");
            return bench.Second.Output(step);
        };
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);
        await started.Task;
        var asked = bench.Time.GetUtcNow();

        await CancelAsync(bench, run);
        await bench.DriveAsync(work);
        (bench.Time.GetUtcNow() - asked).ShouldBeInRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
        release.SetResult();

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Canceled);
        detail.Steps[1].Output.ShouldBeNull();
        var log = await bench.LogAsync(run, "train");
        log.ShouldContain("abandoned");
        log.ShouldNotContain("still talking");
    }

    [Fact]
    public async Task Cancel_of_a_finished_run_is_a_conflict()
    {
        await using var bench = await EngineBench.StartAsync();
        var run = await bench.LaunchAsync();
        await bench.ExecuteAsync(run);

        (await Should.ThrowAsync<RefusedException>(() => CancelAsync(bench, run))).Kind.ShouldBe(RefusalKind.Conflict);
        (await Should.ThrowAsync<RefusedException>(() => bench.Portal.Get<RunLauncher>().RetryAsync(run, TestPortal.Engineer, CancellationToken.None)))
            .Kind.ShouldBe(RefusalKind.Conflict);
        (await bench.ReadAsync(run)).Summary.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task Retry_goes_on_at_the_failed_step_as_its_next_attempt()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Second.Work = (_, _) => throw Refused.Invalid("Not today.");
        var run = await bench.LaunchAsync();
        await bench.ExecuteAsync(run);
        bench.Second.Work = null;

        await bench.Portal.Get<RunLauncher>().RetryAsync(run, TestPortal.Engineer, CancellationToken.None);
        var waiting = await bench.ReadAsync(run);
        await bench.ExecuteAsync(run);

        waiting.Summary.Status.ShouldBe(RunStatus.Queued);
        waiting.Summary.Error.ShouldBeNull();
        waiting.Steps.Select(s => s.Status).ShouldBe([StepStatus.Succeeded, StepStatus.Pending, StepStatus.Pending]);
        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Succeeded);
        detail.Steps[1].Attempt.ShouldBe(2);
        bench.First.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Shutdown_gives_the_run_back_and_the_next_process_goes_on_at_once_without_a_strike()
    {
        await using var bench = await EngineBench.StartAsync();
        var started = Hang(bench.Second, listens: true);
        var run = await bench.LaunchAsync();
        using var shutdown = new CancellationTokenSource();
        var work = EngineBench.StartRun(bench.Portal, run, shutdown.Token);
        await started;

        await shutdown.CancelAsync();
        await bench.DriveAsync(work);
        var left = await bench.RowAsync(run);
        bench.Second.Work = null;
        await using var next = await bench.AnotherWorkerAsync();
        await bench.ExecuteAsync(run, next);

        (left.Status, left.LeaseOwner, left.Recoveries).ShouldBe((RunStatus.Queued, null, 0));
        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Succeeded);
        detail.Steps[1].Attempt.ShouldBe(2);
        bench.First.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Run_of_a_vanished_process_is_left_alone_while_its_lease_holds_and_taken_up_after()
    {
        await using var bench = await EngineBench.StartAsync();
        var run = await bench.LaunchAsync();
        await VanishAsync(bench, run);
        await using var next = await bench.AnotherWorkerAsync();

        (await next.Get<RunRecovery>().RunAsync(CancellationToken.None)).ShouldBe(0);
        await bench.ExecuteAsync(run, next);
        bench.First.Calls.ShouldBe(0);

        await bench.WaitOutLeaseAsync(next);
        (await next.Get<RunRecovery>().RunAsync(CancellationToken.None)).ShouldBe(1);
        await bench.ExecuteAsync(run, next);
        (await bench.ReadAsync(run)).Summary.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task Run_that_ended_its_process_three_times_is_given_up()
    {
        await using var bench = await EngineBench.StartAsync();
        var run = await bench.LaunchAsync();
        for (var strike = 0; strike < 3; strike++)
        {
            await VanishAsync(bench, run);
            await bench.WaitOutLeaseAsync();
        }

        var told = new ConcurrentQueue<string>();
        using var heard = bench.Portal.Get<LiveEvents>().Subscribe("runs", e => told.Enqueue(JsonSerializer.Serialize(e.Data)));
        await bench.ExecuteAsync(run);

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Failed);
        detail.Summary.Error.ShouldNotBeNull().ShouldStartWith("The process that worked on it ended 3 times");
        bench.First.Calls.ShouldBe(0);
        told.ShouldHaveSingleItem().ShouldContain("Failed");
    }

    [Fact]
    public async Task Worker_that_lost_its_lease_writes_nothing_more()
    {
        await using var bench = await EngineBench.StartAsync();
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var refused = new TaskCompletionSource<Exception?>();
        bench.First.Work = async (step, _) =>
        {
            if (!started.TrySetResult()) return bench.First.Output(step);
            await release.Task;
            step.Log("the former worker still talks");
            step.Metric("auc", 0.5, 1);
            step.Progress(0.5, "the former worker");
            await using var db = bench.Portal.Open();
            refused.SetResult(await Record.ExceptionAsync(() => step.Fence(db, CancellationToken.None)));
            return bench.First.Output(step) with { Facts = new() { ["from"] = "the former worker" } };
        };
        var run = await bench.LaunchAsync();
        var former = bench.StartRun(run);
        await started.Task;
        await bench.LoseLeaseAsync(run);
        await using var next = await bench.AnotherWorkerAsync();
        await bench.ExecuteAsync(run, next);
        release.SetResult();
        await bench.DriveAsync(former);

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Succeeded);
        detail.Steps[0].Output!["facts"]!["from"]!.GetValue<string>().ShouldBe("first");
        bench.Third.Calls.ShouldBe(1);
        (await refused.Task).ShouldBeOfType<LeaseLostException>();
        (await bench.LogAsync(run, "ingest")).ShouldNotContain("still talks");
        await using var after = bench.Portal.Open();
        (await after.RunMetrics.AnyAsync(m => m.RunId == run)).ShouldBeFalse();
        (await after.RunLatestMetrics.AnyAsync(m => m.RunId == run)).ShouldBeFalse();
    }

    [Fact]
    public void Worker_of_this_machine_whose_process_is_no_more_is_gone()
    {
        var worker = new WorkerIdentity(WorkerIdentity.ThisMachine, Environment.ProcessId);

        worker.IsGone(worker.Name).ShouldBeFalse();
        worker.IsGone($"{WorkerIdentity.ThisMachine}/{Environment.ProcessId}/former").ShouldBeTrue();
        worker.IsGone($"{WorkerIdentity.ThisMachine}/{int.MaxValue}/former").ShouldBeTrue();
        worker.IsGone("elsewhere/1/x").ShouldBeFalse();
        worker.IsGone("nonsense").ShouldBeFalse();
    }

    private static Task CancelAsync(EngineBench bench, Guid run) =>
        bench.Portal.Get<RunLauncher>().CancelAsync(run, TestPortal.Engineer, CancellationToken.None);

    private static Task Hang(FakeComponent component, bool listens)
    {
        var started = new TaskCompletionSource();
        component.Work = async (step, ct) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, listens ? ct : CancellationToken.None);
            return component.Output(step);
        };
        return started.Task;
    }

    // What a killed process leaves: a run that is Running under a lease nobody keeps.
    private static async Task VanishAsync(EngineBench bench, Guid run)
    {
        await using var worker = await bench.AnotherWorkerAsync();
        await bench.WaitOutLeaseAsync(worker);
        await worker.Get<RunLease>().TakeAsync(run, CancellationToken.None);
    }
}
