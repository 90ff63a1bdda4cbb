using Microsoft.EntityFrameworkCore;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Sweeps;
using Nexus.Jobs.Tests.Pipelines;

namespace Nexus.Jobs.Tests.Sweeps;

/// <summary>An engine bench whose step <c>train</c> answers the metric <c>score</c>, best at 10 leaves.</summary>
internal static class SweepBench
{
    public static async Task<EngineBench> StartAsync()
    {
        var bench = await EngineBench.StartAsync();
        bench.Second.Work = (step, _) => Task.FromResult(bench.Second.Output(step) with { Metrics = Score(Leaves(step)) });
        return bench;
    }

    public static int Leaves(Jobs.Pipelines.StepContext step) => step.With["params"]!["leaves"]!.GetValue<int>();

    public static Dictionary<string, MetricEstimate> Score(int leaves)
    {
        var score = 1 - (Math.Abs(leaves - 10) / 100.0);
        return new() { ["score"] = new(score, score - 0.01, score + 0.01) };
    }

    public static Task<Guid> SweepAsync(this EngineBench bench, string values, Func<NewSweep, NewSweep>? change = null)
    {
        var asked = new NewSweep("demo", [$"train.params.leaves={values}"], "score", Parallel: 2);
        return bench.Portal.Get<SweepService>().StartAsync(change?.Invoke(asked) ?? asked, TestPortal.Engineer, CancellationToken.None);
    }

    public static Task MoveAsync(this EngineBench bench, TestPortal? node = null) =>
        (node ?? bench.Portal).Get<SweepEngine>().MoveAllAsync(CancellationToken.None);

    public static Task<SweepView> SweepViewAsync(this EngineBench bench, Guid id) => bench.Portal.Get<SweepCatalog>().GetAsync(id, CancellationToken.None);

    public static async Task<IReadOnlyList<SweepTrialView>> TrialsAsync(this EngineBench bench, Guid id) =>
        (await bench.Portal.Get<SweepCatalog>().TrialsAsync(id, new(1000), CancellationToken.None)).Items;

    public static async Task<List<Run>> RunsAsync(this EngineBench bench, params RunStatus[] only)
    {
        await using var db = bench.Portal.Open();
        return await db.Runs.AsNoTracking().Where(r => only.Length == 0 || only.Contains(r.Status)).OrderBy(r => r.Number).ToListAsync();
    }

    /// <summary>Moves the sweep and works on its runs until nothing is left to do.</summary>
    public static async Task FinishAsync(this EngineBench bench, Guid id)
    {
        for (var turn = 0; turn < 1000; turn++)
        {
            await bench.MoveAsync();
            var queued = await bench.RunsAsync(RunStatus.Queued);
            foreach (var run in queued) await bench.ExecuteAsync(run.Id);
            if (queued.Count == 0 || (await bench.SweepViewAsync(id)).State is not (SweepState.Running or SweepState.Paused)) return;
        }

        throw new InvalidOperationException("The sweep does not end.");
    }
}
