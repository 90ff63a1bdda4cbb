using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Registry;

namespace Nexus.Data.Pipelines;

/// <summary>Reads runs. Starting, canceling and retrying is the launcher's, in the jobs project.</summary>
public sealed class RunService(IDbContextFactory<NexusDb> contexts, RunListService lists, TimeProvider time)
{
    /// <summary>Newest first, unless the filter says otherwise.</summary>
    /// <inheritdoc cref="RunListService.ListAsync"/>
    public async Task<Page<RunSummary>> ListAsync(RunFilter filter, PageRequest page, CancellationToken ct) =>
        (await lists.ListAsync(filter, RunColumns.None, page, ct)).Select(row => row.Summary);

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<RunDetail> GetAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw Refused.NotFound("run", id);
        var summary = (await SummarizeAsync(db, [RankedHead.Of(run)], ct))[0];
        var steps = await db.RunSteps.AsNoTracking().Where(s => s.RunId == id).OrderBy(s => s.Ordinal).ToListAsync(ct);
        var origins = steps.Select(s => s.CachedFromRunId).OfType<Guid>().ToHashSet();
        var numbers = origins.Count == 0
            ? []
            : await db.Runs.Where(r => origins.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Number, ct);
        var composed = JsonNode.Parse(run.Composed)!["steps"]!.AsObject();
        return new(
            summary,
            await db.RunParams.Where(p => p.RunId == id).OrderBy(p => p.Key).ToDictionaryAsync(p => p.Key, p => p.Value, ct),
            CanonicalJson.Read<string[]>(run.Overrides),
            run.Composed,
            run.ComposedDigest,
            JsonNode.Parse(run.Origins)!.AsObject(),
            JsonNode.Parse(run.Environment)!.AsObject(),
            run.Note,
            await db.RunTags.Where(t => t.RunId == id).OrderBy(t => t.Key).ToDictionaryAsync(t => t.Key, t => t.Value, ct),
            [.. steps.Select(s => Shape(s, composed[s.Name]!.AsObject(), numbers))],
            await db.RunArtifacts.Where(a => a.RunId == id).OrderBy(a => a.Path)
                .Select(a => new RunArtifactView(a.Path, a.Digest, a.Bytes)).ToListAsync(ct),
            await db.RunLatestMetrics.Where(m => m.RunId == id && !m.Final).OrderBy(m => m.Key).Select(m => m.Key).ToListAsync(ct));
    }

    internal static async Task<List<RunSummary>> SummarizeAsync(NexusDb db, IReadOnlyList<RunHead> runs, CancellationToken ct)
    {
        var ids = runs.Select(r => r.Id).ToList();
        var steps = await db.RunSteps.Where(s => ids.Contains(s.RunId)).GroupBy(s => s.RunId)
            .Select(g => new { g.Key, Steps = g.Count(), Done = g.Count(s => s.Status == StepStatus.Succeeded) })
            .ToDictionaryAsync(g => g.Key, ct);
        var metrics = (await db.RunLatestMetrics.AsNoTracking().Where(m => ids.Contains(m.RunId) && m.Final).ToListAsync(ct))
            .ToLookup(m => m.RunId);
        return [.. runs.Select(r => new RunSummary(
            r.Id, r.PipelineName, r.Revision, r.Number, r.Status, r.Trigger, r.CreatedBy, r.CreatedAt, r.StartedAt, r.EndedAt,
            r.Error, r.CancelRequestedAt is not null, r.ModelName, r.ModelVersion,
            steps.TryGetValue(r.Id, out var count) ? count.Done : 0, count?.Steps ?? 0,
            metrics[r.Id].OrderBy(m => m.Key, StringComparer.Ordinal)
                .ToDictionary(m => m.Key, m => new MetricEstimate(m.Value, m.Lower, m.Upper)), r.SweepId))];
    }

    private RunStepView Shape(RunStep step, JsonObject composed, Dictionary<Guid, int> numbers) => new(
        step.Id, step.Name, step.Component, step.Status, step.Cached, step.CachedFromRunId,
        step.CachedFromRunId is { } origin && numbers.TryGetValue(origin, out var number) ? number : null,
        step.CacheMiss, step.Attempt, step.StartedAt, step.EndedAt, step.Error, step.Progress, step.ProgressText,
        Remaining(step),
        composed["inputs"]?.AsObject().ToDictionary(i => i.Key, i => i.Value!.GetValue<string>()) ?? [],
        composed["with"]?.DeepClone().AsObject() ?? [],
        step.Output is null ? null : JsonNode.Parse(step.Output)!.AsObject());

    private double? Remaining(RunStep step) =>
        step is { Status: StepStatus.Running, StartedAt: { } started, Progress: { } done and > 0.02 }
            ? Math.Round((time.GetUtcNow() - started).TotalSeconds * (1 - done) / done, 1)
            : null;
}
