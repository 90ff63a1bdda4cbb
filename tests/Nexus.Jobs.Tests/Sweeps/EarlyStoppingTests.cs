using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Sweeps;
using Nexus.Jobs.Tests.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Sweeps;

/// <summary>Runs that are stopped by what earlier ones had reached at the same step.</summary>
public sealed class EarlyStoppingTests
{
    [Fact]
    public async Task Run_below_the_median_is_stopped_with_the_reason_and_counts_as_a_trial()
    {
        await using var bench = await LearningAsync();
        var id = await bench.SweepAsync("10,11,12,90", s => s with { Parallel = 1, Stopping = new(StoppingKind.Median, MinSteps: 20, MinTrials: 3) });

        await DriveAsync(bench, id);

        var trials = await bench.TrialsAsync(id);
        trials.Select(t => t.State).ShouldBe([TrialState.Succeeded, TrialState.Succeeded, TrialState.Succeeded, TrialState.Stopped]);
        trials[3].Reason.ShouldBe("stopped at iteration 40: its best valid.logLoss 0.8 is worse than 0.01, the median of 3 earlier runs up to there");
        var sweep = await bench.SweepViewAsync(id);
        (sweep.State, sweep.Done, sweep.Stopped).ShouldBe((SweepState.Succeeded, 4, 1));
        var run = await bench.RowAsync(trials[3].RunId);
        (run.Status, run.Error).ShouldBe((RunStatus.Canceled, trials[3].Reason));
        var retry = bench.Portal.Get<RunLauncher>().RetryAsync(run.Id, TestPortal.Engineer, TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<RefusedException>(retry)).Message.ShouldContain(trials[3].Reason!);
    }

    [Fact]
    public async Task Asha_stops_who_is_not_among_the_best_at_a_rung()
    {
        await using var bench = await LearningAsync();
        var id = await bench.SweepAsync("10,11,90", s => s with { Parallel = 1, Stopping = new(StoppingKind.Asha, MinSteps: 5, Reduction: 3) });

        await DriveAsync(bench, id);

        var trials = await bench.TrialsAsync(id);
        trials.Select(t => t.State).ShouldBe([TrialState.Succeeded, TrialState.Succeeded, TrialState.Stopped]);
        trials[2].Reason.ShouldBe("stopped at iteration 40: with valid.logLoss 0.8 at 15 it was number 3 of 3 runs there, and one in 3 goes on");
    }

    [Fact]
    public async Task No_run_is_stopped_before_enough_others_have_ended()
    {
        await using var bench = await LearningAsync(hangs: false);
        var id = await bench.SweepAsync("10,11,12,90", s => s with { Parallel = 1, Stopping = new(StoppingKind.Median, MinSteps: 20, MinTrials: 4) });

        await DriveAsync(bench, id);

        (await bench.TrialsAsync(id)).ShouldAllBe(t => t.State == TrialState.Succeeded);
    }

    // Forty steps of a curve that lies |leaves − 10| / 100 high; who has more than 50 leaves then waits to be stopped.
    private static async Task<EngineBench> LearningAsync(bool hangs = true)
    {
        var bench = await SweepBench.StartAsync();
        bench.Second.Work = async (step, ct) =>
        {
            var leaves = SweepBench.Leaves(step);
            for (var i = 1; i <= 40; i++) step.Metric("valid.logLoss", Math.Abs(leaves - 10) / 100.0, i);
            if (hangs && leaves > 50) await Task.Delay(Timeout.Infinite, ct);
            return bench.Second.Output(step) with { Metrics = SweepBench.Score(leaves) };
        };
        return bench;
    }

    private static async Task DriveAsync(EngineBench bench, Guid id)
    {
        for (var turn = 0; turn < 100 && (await bench.SweepViewAsync(id)).State == SweepState.Running; turn++)
        {
            await bench.MoveAsync();
            foreach (var run in await bench.RunsAsync(RunStatus.Queued))
            {
                var work = bench.StartRun(run.Id);
                while (!work.IsCompleted)
                {
                    await Task.WhenAny(work, Task.Delay(10));
                    bench.Time.Advance(TimeSpan.FromMilliseconds(250));
                    await bench.MoveAsync();
                }

                await work;
            }
        }
    }
}
