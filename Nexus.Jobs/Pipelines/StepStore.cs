using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Lineage;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Data.Storage.Databases;

namespace Nexus.Jobs.Pipelines;

/// <summary>Writes what becomes of a step: under the run's lease, each change whole in one transaction, then published.</summary>
internal sealed class StepStore(IDbContextFactory<NexusDb> contexts, BlobStore blobs, LiveEvents live, TimeProvider time)
{
    /// <summary>A new attempt; the curves of the one before go, its log stays.</summary>
    public async Task BeginAsync(Run run, RunStep step)
    {
        step.Attempt++;
        (step.Status, step.StartedAt, step.EndedAt, step.Error) = (StepStatus.Running, time.GetUtcNow(), null, null);
        (step.Cached, step.CachedFromRunId, step.CacheMiss, step.Progress, step.ProgressText) = (false, null, null, null, null);
        await WriteAsync(run, step, async db =>
        {
            if (step.Attempt == 1) return;
            var curves = step.Name + "/";
            await db.RunMetrics.Where(m => m.RunId == run.Id && m.Key.StartsWith(curves)).ExecuteDeleteAsync();
            await db.RunLatestMetrics.Where(m => m.RunId == run.Id && m.Key.StartsWith(curves)).ExecuteDeleteAsync();
        });
    }

    /// <param name="results">What a step measured that failed by it.</param>
    public async Task EndAsync(
        Run run, RunStep step, StepStatus status, string? error, IReadOnlyDictionary<string, MetricEstimate>? results = null)
    {
        (step.Status, step.EndedAt) = (status, time.GetUtcNow());
        step.Error = error is { Length: > 4000 } ? error[..3999] + "…" : error;
        await WriteAsync(run, step, db => AddResultsAsync(db, step, results));
    }

    /// <param name="keep">Whether an equal step may take the output from here.</param>
    public async Task SucceedAsync(Run run, RunStep step, StepOutput output, bool keep)
    {
        (step.Status, step.EndedAt, step.Progress) = (StepStatus.Succeeded, time.GetUtcNow(), step.Progress is null ? null : 1);
        step.Output = CanonicalJson.Write(output);
        await WriteAsync(run, step, async db =>
        {
            if (keep) await KeepAsync(db, run, step);
            await AddArtifactsAsync(db, run, step, output);
            await AddResultsAsync(db, step, output.Metrics);
            await AddLineageAsync(db, run, output);
            if (step.CachedFromRunId is { } origin && origin != run.Id)
                await LineageGraph.AddAsync(db, $"run/{origin}", "reused", $"run/{run.Id}", time, CancellationToken.None);
            await db.Runs.Where(r => r.Id == run.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Recoveries, 0));
        });
    }

    private async Task WriteAsync(Run run, RunStep step, Func<NexusDb, Task> more)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await RunLease.FenceAsync(db, run, CancellationToken.None);
        db.RunSteps.Update(step);
        await more(db);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        db.ChangeTracker.Clear();
        live.Publish($"run:{run.Id}", "step", new
        {
            name = step.Name,
            status = step.Status.ToString(),
            cached = step.Cached,
            attempt = step.Attempt,
            startedAt = step.StartedAt,
            endedAt = step.EndedAt,
            error = step.Error,
        });
    }

    private async Task KeepAsync(NexusDb db, Run run, RunStep step)
    {
        await db.TakeTurnAsync(Turn.StepCache, CancellationToken.None);
        await db.StepCacheEntries.Where(e => e.CacheKey == step.CacheKey).ExecuteDeleteAsync();
        db.StepCacheEntries.Add(new()
        {
            CacheKey = step.CacheKey!,
            RunId = run.Id,
            StepId = step.Id,
            Component = step.Component,
            Output = step.Output!,
            CreatedAt = time.GetUtcNow(),
        });
    }

    private async Task AddArtifactsAsync(NexusDb db, Run run, RunStep step, StepOutput output)
    {
        var folder = step.Name + "/";
        await db.RunArtifacts.Where(a => a.RunId == run.Id && a.Path.StartsWith(folder)).ExecuteDeleteAsync();
        foreach (var (name, digest) in output.Blobs)
        {
            var bytes = new FileInfo(await blobs.FetchAsync(digest, CancellationToken.None)).Length;
            db.RunArtifacts.Add(new() { RunId = run.Id, Path = folder + name, Digest = digest, Bytes = bytes, CreatedAt = time.GetUtcNow() });
        }
    }

    /// <summary>Of two steps that answer the same metric the later one's stands, whichever ended first.</summary>
    private async Task AddResultsAsync(NexusDb db, RunStep step, IReadOnlyDictionary<string, MetricEstimate>? results)
    {
        if (results is not { Count: > 0 }) return;
        var later = await db.RunSteps.Where(s => s.RunId == step.RunId && s.Ordinal > step.Ordinal && s.Status == StepStatus.Succeeded && s.Output != null)
            .Select(s => s.Output!).ToListAsync();
        var taken = later.SelectMany(o => CanonicalJson.Read<StepOutput>(o).Metrics?.Keys ?? []).ToHashSet(StringComparer.Ordinal);
        var metrics = results.Where(m => !taken.Contains(m.Key)).ToDictionary();
        await db.RunLatestMetrics.Where(m => m.RunId == step.RunId && metrics.Keys.Contains(m.Key)).ExecuteDeleteAsync();
        db.RunLatestMetrics.AddRange(metrics.Where(m => double.IsFinite(m.Value.Value)).Select(m => new RunLatestMetric
        {
            RunId = step.RunId,
            Key = m.Key,
            Value = m.Value.Value,
            Lower = Finite(m.Value.Lower),
            Upper = Finite(m.Value.Upper),
            Step = 0,
            At = time.GetUtcNow(),
            Final = true,
        }));
    }

    private async Task AddLineageAsync(NexusDb db, Run run, StepOutput output)
    {
        if (output.Kind == StepKinds.Pushed)
        {
            var (model, version) = (output.Facts["model"]!.GetValue<string>(), output.Facts["version"]!.GetValue<int>());
            await db.Runs.Where(r => r.Id == run.Id).ExecuteUpdateAsync(r => r
                .SetProperty(x => x.ModelName, model).SetProperty(x => x.ModelVersion, version));
        }
        else if (output.Kind == StepKinds.Table && output.Facts["dataset"]?.GetValue<string>() is { } dataset)
        {
            await LineageGraph.AddAsync(db, $"dataset/{dataset}", "read", $"run/{run.Id}", time, CancellationToken.None);
        }
    }

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
