using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Pipelines;

/// <summary>Sees runs beside the other runs of their pipeline.</summary>
public sealed class EarlierRuns(IDbContextFactory<NexusDb> contexts)
{
    /// <summary>The pipeline's run before this one; null for the first.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<EarlierRun?> BeforeAsync(Guid runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = await db.Runs.Where(r => r.Id == runId).Select(r => new { r.PipelineId, r.Number }).FirstOrDefaultAsync(ct)
            ?? throw Refused.NotFound("run", runId);
        var before = await db.Runs.Where(r => r.PipelineId == run.PipelineId && r.Number < run.Number).OrderByDescending(r => r.Number)
            .Select(r => new { r.Id, r.Number }).FirstOrDefaultAsync(ct);
        if (before is null) return null;
        var parameters = await db.RunParams.Where(p => p.RunId == before.Id).ToDictionaryAsync(p => p.Key, p => p.Value, ct);
        return new(before.Id, before.Number, parameters);
    }

    /// <summary>Failed runs that no later run of their pipeline has answered, newest first.</summary>
    public async Task<IReadOnlyList<FailedRun>> FailedAsync(int atMost, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        // By the pipelines, not by the runs: the newest run of each is found by its number.
        return await (
            from pipeline in db.Pipelines
            join run in db.Runs on new { pipeline.Id, Number = pipeline.Runs } equals new { Id = run.PipelineId, run.Number }
            where run.Status == RunStatus.Failed
            orderby run.CreatedAt descending
            select new FailedRun(run.Id, run.PipelineName, run.Number, run.CreatedBy, run.EndedAt ?? run.CreatedAt, run.Error)).Take(atMost).ToListAsync(ct);
    }
}
