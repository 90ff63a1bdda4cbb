using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;

namespace Nexus.Benchmarks;

/// <summary>A run's curves: points written as steps write them, and a curve read as pages and programs do, with few points in the store and with many.</summary>
internal static class MetricsPart
{
    private const int Curves = 10;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);
    private static readonly int[] Sizes = [100_000, 1_000_000];

    public static async Task<string> RunAsync()
    {
        await using var store = await Store.OpenAsync();
        var (run, step) = await AddRunAsync(store.Contexts);
        var figures = new List<double[]>();
        var filled = 0;
        foreach (var size in Sizes)
        {
            await FillAsync(store.Contexts, step.RunId, filled, size);
            filled = size;
            figures.Add([await WriteAsync(store, run, step, 100), await WriteAsync(store, run, step, 1000), await ReadAsync(store.Contexts, step.RunId)]);
        }

        return string.Join('\n', [
            Lines.Head(["SQLite", .. Sizes.Select(s => $"{Lines.Number(s)} points there"), "ratio"]),
            Row("points/s, 100 a transaction", 0), Row("points/s, 1,000 a transaction", 1), Row($"a curve, a {Curves}th of all points, thinned to 500: ms", 2),
            "", "Written by what gathers a step's points, with the metric's last value kept beside; no program writes points by REST."]);

        string Row(string name, int i) => Lines.Row(name, Lines.Number(figures[0][i], "N1"), Lines.Number(figures[1][i], "N1"), Lines.Number(figures[1][i] / figures[0][i], "0.00"));
    }

    private static async Task<(Run Run, RunStep Step)> AddRunAsync(IDbContextFactory<NexusDb> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var pipeline = new Pipeline { Id = Ids.New(TimeProvider.System), Name = "curves", CreatedAt = now, CreatedBy = "benchmark" };
        var run = new Run
        {
            Id = Ids.New(TimeProvider.System),
            PipelineId = pipeline.Id,
            PipelineName = pipeline.Name,
            Revision = 1,
            Number = 1,
            Trigger = "manual",
            CreatedAt = now,
            CreatedBy = "benchmark",
            Overrides = "[]",
            Composed = "{}",
            ComposedDigest = new('0', 64),
            Environment = "{}",
            LeaseOwner = "benchmark",
        };
        db.AddRange(pipeline, run);
        await db.SaveChangesAsync();
        return (run, new() { Id = Ids.New(TimeProvider.System), RunId = run.Id, Ordinal = 0, Name = "train", Component = "train" });
    }

    private static async Task FillAsync(IDbContextFactory<NexusDb> contexts, Guid run, int from, int to)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var chunk in Enumerable.Range(from, to - from).Chunk(20_000))
        {
            await using var db = await contexts.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Provider.InsertAsync(db, [.. chunk.Select(i => new RunMetric { RunId = run, Key = $"train/curve-{i % Curves}", Value = i % 97, Step = i / Curves, At = now })], CancellationToken.None);
            await transaction.CommitAsync();
        }
    }

    private static async Task<double> WriteAsync(Store store, Run run, RunStep step, int points)
    {
        var (watch, written) = (Stopwatch.StartNew(), 0);
        while (watch.Elapsed < Length)
        {
            // What it has gathered it writes at its end, in one transaction.
            await using var recorder = new StepRecorder(store.Contexts, store.Get<LiveEvents>(), TimeProvider.System, run, step);
            for (var i = 0; i < points; i++) recorder.Metric($"written-{i % Curves}", i, written + i);
            written += points;
        }

        return written / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> ReadAsync(IDbContextFactory<NexusDb> contexts, Guid run)
    {
        var metrics = new RunMetricService(contexts);
        await metrics.HistoryAsync(run, "train/curve-3", 500, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        await metrics.HistoryAsync(run, "train/curve-4", 500, CancellationToken.None);
        return watch.Elapsed.TotalMilliseconds;
    }
}
