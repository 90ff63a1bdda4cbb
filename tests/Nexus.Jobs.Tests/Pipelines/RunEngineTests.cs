using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Storage;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

public sealed class RunEngineTests
{
    [Fact]
    public async Task Run_of_three_steps_succeeds_in_the_order_of_its_inputs()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Second.Work = (step, _) =>
        {
            step.Inputs["data"].Facts["from"]!.GetValue<string>().ShouldBe("first");
            step.With["params"]!["leaves"]!.GetValue<int>().ShouldBe(63);
            step.Log("growing trees");
            for (var i = 1; i <= 5; i++) step.Metric("loss", 1.0 / i, i);
            step.Metric("loss", double.NaN, 6);
            step.Progress(0.5, "half");
            return Task.FromResult(bench.Second.Output(step) with { Metrics = new Dictionary<string, Data.Registry.MetricEstimate> { ["auc"] = new(0.8, 0.7, 0.9) } });
        };
        var run = await bench.LaunchAsync("train.params.leaves=63");
        (await bench.ReadAsync(run)).Summary.Status.ShouldBe(RunStatus.Queued);

        await bench.ExecuteAsync(run);

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Succeeded);
        detail.Summary.Error.ShouldBeNull();
        detail.Steps.Select(s => (s.Name, s.Status, s.Attempt)).ShouldBe(
            [("ingest", StepStatus.Succeeded, 1), ("train", StepStatus.Succeeded, 1), ("push", StepStatus.Succeeded, 1)]);
        detail.Params["train.params.leaves"].ShouldBe("63");
        detail.Summary.Metrics["auc"].Lower.ShouldBe(0.7);
        (await bench.LogAsync(run, "train")).ShouldContain("Z growing trees\n");
        var curve = await bench.Portal.Get<RunMetricService>().HistoryAsync(run, "train/loss", 100, CancellationToken.None);
        curve.Select(p => p.Step).ShouldBe([1, 2, 3, 4, 5]);
        (await bench.RowAsync(run)).LeaseOwner.ShouldBeNull();
    }

    [Fact]
    public async Task Run_with_a_refused_step_fails_there_and_runs_nothing_after_it()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Second.Work = (_, _) => throw Refused.Invalid("auc 0.61 is below 0.7");
        var run = await bench.LaunchAsync();

        await bench.ExecuteAsync(run);

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Failed);
        detail.Summary.Error.ShouldBe("train: auc 0.61 is below 0.7");
        detail.Steps[1].Error.ShouldBe("auc 0.61 is below 0.7");
        detail.Steps[1].Attempt.ShouldBe(1);
        detail.Steps[2].Status.ShouldBe(StepStatus.Pending);
        bench.Third.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Failure_that_passes_is_tried_again_with_growing_pauses()
    {
        await using var bench = await EngineBench.StartAsync();
        var at = new List<DateTimeOffset>();
        bench.Second.Work = (step, _) =>
        {
            at.Add(bench.Time.GetUtcNow());
            step.Metric("loss", at.Count, 1);
            return at.Count < 3 ? throw new IOException("The disk is busy.") : Task.FromResult(bench.Second.Output(step));
        };
        var run = await bench.LaunchAsync();

        await bench.ExecuteAsync(run);

        var detail = await bench.ReadAsync(run);
        detail.Summary.Status.ShouldBe(RunStatus.Succeeded);
        detail.Steps[1].Attempt.ShouldBe(3);
        (at[1] - at[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        (at[2] - at[1]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(4));
        (await bench.LogAsync(run, "train")).ShouldContain("tried again in 4 s: The disk is busy.");
        var curve = await bench.Portal.Get<RunMetricService>().HistoryAsync(run, "train/loss", 100, CancellationToken.None);
        curve.Select(p => p.Value).ShouldBe([3]);
    }

    [Fact]
    public async Task Failure_that_does_not_pass_is_not_tried_again()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Second.Work = (_, _) => throw new InvalidOperationException("A bug.");
        var run = await bench.LaunchAsync();

        await bench.ExecuteAsync(run);

        bench.Second.Calls.ShouldBe(1);
        (await bench.ReadAsync(run)).Steps[1].Error.ShouldBe("InvalidOperationException: A bug.");
    }

    [Fact]
    public async Task Step_beyond_its_timeout_fails()
    {
        await using var bench = await EngineBench.StartAsync(EngineBench.Yaml.Replace("train: { component: second,", "train: { component: second, timeout: 90s,", StringComparison.Ordinal));
        bench.Second.Work = async (step, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return bench.Second.Output(step);
        };
        var run = await bench.LaunchAsync();

        await bench.ExecuteAsync(run);

        (await bench.ReadAsync(run)).Steps[1].Error.ShouldBe("It did not finish within its timeout of 00:01:30.");
        bench.Second.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Second_run_takes_its_steps_from_the_first()
    {
        await using var bench = await EngineBench.StartAsync();
        var first = await bench.LaunchAsync();
        await bench.ExecuteAsync(first);
        var second = await bench.LaunchAsync();

        await bench.ExecuteAsync(second);

        var steps = (await bench.ReadAsync(second)).Steps;
        steps.Select(s => s.Cached).ShouldBe([true, true, false]);
        steps[0].CachedFromRunId.ShouldBe(first);
        steps[0].CachedFromNumber.ShouldBe(1);
        (bench.First.Calls, bench.Second.Calls, bench.Third.Calls).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task Miss_of_the_cache_names_what_changed()
    {
        await using var bench = await EngineBench.StartAsync();
        var version = 1;
        bench.First.Resolve = () => new JsonObject { ["dataset"] = $"d@{version}" };
        bench.First.Work = (step, _) => Task.FromResult(bench.First.Output(step) with { Facts = new JsonObject { ["dataset"] = $"d@{version}" } });
        var first = await bench.LaunchAsync();
        await bench.ExecuteAsync(first);
        version = 2;
        bench.Second.CodeVersion = "2";
        var second = await bench.LaunchAsync("train.params.leaves=63");

        await bench.ExecuteAsync(second);

        (await bench.ReadAsync(first)).Steps[0].CacheMiss.ShouldBe("it has not run before");
        var steps = (await bench.ReadAsync(second)).Steps;
        steps[0].CacheMiss.ShouldBe("resolved: dataset d@1 → d@2");
        steps[1].CacheMiss.ShouldBe("code version: 1 → 2; parameters: params.leaves 31 → 63; input data changed");
        steps[2].CacheMiss.ShouldBe("third always runs");
    }

    [Fact]
    public async Task Cached_output_whose_blob_is_gone_is_made_again()
    {
        await using var bench = await EngineBench.StartAsync();
        var blobs = bench.Portal.Get<BlobStore>();
        bench.First.Work = async (step, ct) => bench.First.Output(step, ("rows", (await blobs.PutTextAsync("a,b\n1,2\n", ct)).Digest));
        var first = await bench.LaunchAsync();
        await bench.ExecuteAsync(first);
        var artifact = (await bench.ReadAsync(first)).Artifacts.Single(a => a.Path == "ingest/rows");
        artifact.Bytes.ShouldBe(8);
        File.Delete(await blobs.FetchAsync(artifact.Digest, CancellationToken.None));
        var second = await bench.LaunchAsync();

        await bench.ExecuteAsync(second);

        var step = (await bench.ReadAsync(second)).Steps[0];
        step.Cached.ShouldBeFalse();
        step.CacheMiss.ShouldBe("its output is no longer kept");
        (await blobs.ExistsAsync(artifact.Digest, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Numbers_of_runs_have_no_gaps_when_many_start_at_once()
    {
        await using var bench = await EngineBench.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bench.LaunchAsync()));

        await using var db = bench.Portal.Open();
        (await db.Runs.Select(r => r.Number).OrderBy(n => n).ToListAsync()).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
    }
}
