using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>Steps whose inputs are there work side by side, and all else is as if they had come one after the other.</summary>
public sealed class ParallelStepsTests
{
    [Fact]
    public async Task Steps_whose_inputs_are_there_work_at_the_same_time()
    {
        await using var bench = await WideRun.StartAsync(atOnce: 3);
        var meeting = new Meeting(bench.Second, WideRun.Branches);
        var run = await bench.LaunchAsync();
        var work = bench.StartRun(run);

        await meeting.AllCame; // none of them ends before
        meeting.Release();
        await bench.DriveAsync(work);

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Succeeded);
        detail.Steps.Select(s => (s.Name, s.Status, s.Attempt)).ShouldBe(
            ((string[])["ingest", "left", "middle", "right", "push"]).Select(name => (name, StepStatus.Succeeded, 1)));
        foreach (var step in WideRun.Branches) (await bench.LogAsync(run, step)).ShouldContain($"Z {step} is here\n");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_more_steps_work_at_once_than_may_and_they_begin_in_order(int atOnce)
    {
        await using var bench = await WideRun.StartAsync(atOnce);
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
        if (atOnce == 1) begun.ShouldBe(WideRun.Branches);
        begun.Order().ShouldBe(WideRun.Branches);
        (await bench.ReadAsync(run)).Summary.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task Two_runs_share_what_may_work_at_once_and_each_has_one()
    {
        await using var bench = await WideRun.StartAsync(atOnce: 2);
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
    public async Task Equal_steps_of_one_run_and_of_another_work_once()
    {
        var yaml = WideRun.Yaml.Replace("value: 2", "value: 1", StringComparison.Ordinal);
        await using var bench = await WideRun.StartAsync(atOnce: 4, yaml);
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
            await using var bench = await WideRun.StartAsync(atOnce: 3);
            var meeting = new Meeting(bench.Second, WideRun.Branches);
            foreach (var name in WideRun.Branches)
            {
                var value = 0.25 * (1 + Array.IndexOf(WideRun.Branches, name));
                meeting.Then[name] = step => bench.Second.Output(step) with { Metrics = new Dictionary<string, MetricEstimate> { ["auc"] = new(value, null, null), [$"only-{name}"] = new(value, null, null) } };
            }

            var run = await bench.LaunchAsync();
            var work = bench.StartRun(run);
            await meeting.AllCame;
            foreach (var name in order)
            {
                meeting.Release(name);
                await WideRun.UntilAsync(async () => (await bench.ReadAsync(run)).Steps.Single(s => s.Name == name).Status == StepStatus.Succeeded, bench);
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
}
