using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>Who may take a run: told by leases that move, and by nobody's clock.</summary>
public sealed class RunLeaseTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15) / 4;

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Run_that_is_kept_is_left_alone_by_a_node_whose_clock_is_an_hour_off(int hours)
    {
        await using var bench = await EngineBench.StartAsync();
        var (started, release) = Hold(bench.First);
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);
        await started;
        await using var other = await bench.AnotherWorkerAsync(new OtherClock(bench.Time, TimeSpan.FromHours(hours)));
        for (var i = 0; i < 8; i++)
        {
            var before = (await bench.RowAsync(run)).LeaseUntil;
            (await other.Get<RunRecovery>().RunAsync(CancellationToken.None)).ShouldBe(0);
            (await other.Get<RunLease>().TakeAsync(run, CancellationToken.None)).ShouldBeNull();
            bench.Time.Advance(Beat);
            while ((await bench.RowAsync(run)).LeaseUntil == before) await Task.Delay(10);
        }

        release.SetResult();
        await bench.DriveAsync(work);

        (await bench.ReadAsync(run)).Summary.Status.ShouldBe(RunStatus.Succeeded);
        bench.First.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Run_of_a_vanished_worker_is_taken_in_the_same_time_whatever_the_clock_says(int hours)
    {
        await using var bench = await EngineBench.StartAsync();
        var run = await bench.LaunchAsync();
        await using (var vanished = await bench.AnotherWorkerAsync()) await vanished.Get<RunLease>().TakeAsync(run, CancellationToken.None);
        await using var other = await bench.AnotherWorkerAsync(new OtherClock(bench.Time, TimeSpan.FromHours(hours)));

        (await other.Get<RunLease>().TakeAsync(run, CancellationToken.None)).ShouldBeNull();
        await bench.WaitOutLeaseAsync(other);

        (await other.Get<RunLease>().TakeAsync(run, CancellationToken.None)).ShouldNotBeNull().Recoveries.ShouldBe(1);
    }

    [Fact]
    public async Task Clock_that_jumps_forward_during_a_run_takes_nothing_from_this_process_itself()
    {
        await using var bench = await EngineBench.StartAsync();
        var (started, release) = Hold(bench.First);
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);
        await started;
        (await bench.Portal.Get<RunRecovery>().RunAsync(CancellationToken.None)).ShouldBe(0);

        bench.Time.Advance(TimeSpan.FromHours(1));
        (await bench.Portal.Get<RunRecovery>().RunAsync(CancellationToken.None)).ShouldBe(0);
        (await bench.Portal.Get<RunLease>().TakeAsync(run, CancellationToken.None)).ShouldBeNull();
        release.SetResult();
        await bench.DriveAsync(work);

        (await bench.ReadAsync(run)).Summary.Status.ShouldBe(RunStatus.Succeeded);
        bench.First.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Looker_that_looked_away_for_long_has_seen_no_lease_stand_still()
    {
        await using var bench = await EngineBench.StartAsync();
        var run = await bench.LaunchAsync();
        await using var other = await bench.AnotherWorkerAsync();
        await other.Get<RunLease>().TakeAsync(run, CancellationToken.None);
        await bench.Portal.Get<RunRecovery>().RunAsync(CancellationToken.None);

        bench.Time.Advance(TimeSpan.FromMinutes(1));

        (await bench.Portal.Get<RunRecovery>().RunAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task Worker_that_lives_works_on_while_the_database_is_away()
    {
        await using var bench = await EngineBench.StartAsync();
        var run = (await bench.Portal.Get<RunLease>().TakeAsync(await bench.LaunchAsync(), CancellationToken.None))!;
        var away = new AwayContexts();
        var lease = new RunLease(
            away, bench.Portal.Get<WorkerIdentity>(), bench.Portal.Get<LeaseWatch>(), bench.Portal.Get<RunCancellations>(), bench.Portal.Get<LiveEvents>(),
            bench.Time, Options.Create(new JobsOptions()), NullLogger<RunLease>.Instance);
        using var stop = new RunStop();
        using var ended = new CancellationTokenSource();

        var keeping = lease.KeepAsync(run, stop, ended.Token);
        for (var beats = 1; beats <= 12; beats++)
        {
            bench.Time.Advance(Beat);
            while (away.Calls < beats) await Task.Delay(5);
        }

        stop.Reason.ShouldBe(StopReason.None);
        await ended.CancelAsync();
        await keeping;
    }

    [Fact]
    public async Task Worker_that_lives_and_takes_its_run_again_counts_no_strike()
    {
        await using var bench = await EngineBench.StartAsync();
        var run = await bench.LaunchAsync();
        string? before = null;
        for (var i = 0; i < 4; i++)
        {
            var taken = (await bench.Portal.Get<RunLease>().TakeAsync(run, CancellationToken.None)).ShouldNotBeNull();
            taken.LeaseOwner.ShouldNotBe(before);
            before = taken.LeaseOwner;
            await bench.WaitOutLeaseAsync();
        }

        await bench.ExecuteAsync(run);

        (await bench.ReadAsync(run)).Summary.Status.ShouldBe(RunStatus.Succeeded);
        (await bench.RowAsync(run)).Recoveries.ShouldBe(0);
    }

    [Fact]
    public async Task Environment_is_that_of_the_worker_and_not_of_the_process_that_started_the_run()
    {
        await using var bench = await EngineBench.StartAsync();
        var run = await bench.LaunchAsync();
        (await bench.RowAsync(run)).Environment.ShouldBe("{}");
        await using var worker = await bench.AnotherWorkerAsync();

        await bench.ExecuteAsync(run, worker);

        (await bench.ReadAsync(run)).Environment["framework"]!.GetValue<string>().ShouldStartWith(".NET");
    }

    [Fact]
    public async Task What_a_worker_took_before_is_no_longer_its_own_once_it_has_taken_the_run_again()
    {
        await using var bench = await EngineBench.StartAsync();
        var run = await bench.LaunchAsync();
        var first = (await bench.Portal.Get<RunLease>().TakeAsync(run, CancellationToken.None))!;
        await bench.WaitOutLeaseAsync();
        var second = (await bench.Portal.Get<RunLease>().TakeAsync(run, CancellationToken.None))!;

        await using var db = bench.Portal.Open();
        await Should.ThrowAsync<LeaseLostException>(RunLease.FenceAsync(db, first, CancellationToken.None));
        await RunLease.FenceAsync(db, second, CancellationToken.None);
    }

    [Fact]
    public async Task What_a_step_tells_after_the_lease_is_lost_is_not_written()
    {
        await using var bench = await EngineBench.StartAsync();
        var run = (await bench.Portal.Get<RunLease>().TakeAsync(await bench.LaunchAsync(), CancellationToken.None))!;
        await using var db = bench.Portal.Open();
        var step = await db.RunSteps.AsNoTracking().FirstAsync(s => s.RunId == run.Id);
        await bench.LoseLeaseAsync(run.Id);

        await using (var recorder = new StepRecorder(bench.Portal.Get<IDbContextFactory<NexusDb>>(), bench.Portal.Get<LiveEvents>(), bench.Time, run, step))
        {
            recorder.Log("still talking");
            recorder.Metric("auc", 0.5, 1);
            recorder.Progress(0.5, "half");
        }

        (await db.StepLogChunks.AnyAsync()).ShouldBeFalse();
        (await db.RunMetrics.AnyAsync()).ShouldBeFalse();
        (await db.RunLatestMetrics.AnyAsync()).ShouldBeFalse();
    }

    private static (Task Started, TaskCompletionSource Release) Hold(FakeComponent component)
    {
        var (started, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        component.Work = async (step, _) =>
        {
            started.TrySetResult();
            await release.Task;
            return component.Output(step);
        };
        return (started.Task, release);
    }

    /// <summary>Counts time as the test does, but is set otherwise.</summary>
    private sealed class OtherClock(TimeProvider inner, TimeSpan off) : TimeProvider
    {
        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + off;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class AwayContexts : IDbContextFactory<NexusDb>
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public NexusDb CreateDbContext()
        {
            Interlocked.Increment(ref _calls);
            throw new TimeoutException("The database is away.");
        }
    }
}
