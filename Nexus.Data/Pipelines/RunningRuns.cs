using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Pipelines;

/// <summary>What works now, for a glance.</summary>
public sealed class RunningRuns(IDbContextFactory<NexusDb> contexts)
{
    /// <summary>Those that work first, then those that wait; the oldest first. Two queries, however many there are.</summary>
    public async Task<IReadOnlyList<RunningRun>> ListAsync(int atMost, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var runs = await db.Runs.AsNoTracking().Where(r => r.Status == RunStatus.Running || r.Status == RunStatus.Queued)
            .OrderByDescending(r => r.Status).ThenBy(r => r.CreatedAt).Take(atMost)
            .Select(r => new
            {
                r.Id,
                r.PipelineName,
                r.Number,
                r.Trigger,
                r.CreatedBy,
                r.CreatedAt,
                r.StartedAt,
                LastStarted = db.Runs.Where(p => p.PipelineId == r.PipelineId && p.Status == RunStatus.Succeeded).OrderByDescending(p => p.Number).Select(p => p.StartedAt).FirstOrDefault(),
                LastEnded = db.Runs.Where(p => p.PipelineId == r.PipelineId && p.Status == RunStatus.Succeeded).OrderByDescending(p => p.Number).Select(p => p.EndedAt).FirstOrDefault(),
            }).ToListAsync(ct);
        var ids = runs.Select(r => r.Id).ToList();
        var steps = (await db.RunSteps.AsNoTracking().Where(s => ids.Contains(s.RunId)).OrderBy(s => s.Ordinal)
            .Select(s => new { s.RunId, s.Name, s.Status, s.Progress }).ToListAsync(ct)).ToLookup(s => s.RunId);
        return
        [
            .. runs.Select(r =>
            {
                var working = steps[r.Id].Where(s => s.Status == StepStatus.Running).ToList();
                return new RunningRun(
                    r.Id, r.PipelineName, r.Number, r.Trigger, r.CreatedBy, r.CreatedAt, r.StartedAt, working.ConvertAll(s => s.Name), working is [var only] ? only.Progress : null,
                    steps[r.Id].Count(s => s.Status == StepStatus.Succeeded), steps[r.Id].Count(), r.LastEnded - r.LastStarted);
            }),
        ];
    }
}
