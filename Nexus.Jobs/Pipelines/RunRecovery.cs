using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Pipelines;

namespace Nexus.Jobs.Pipelines;

/// <summary>Finds the runs that nobody works on, oldest first.</summary>
internal sealed class RunRecovery(
    IDbContextFactory<NexusDb> contexts, RunLease leases, LeaseWatch watch, RunQueue queue, RunCancellations running, IOptions<JobsOptions> jobs)
{
    private const int AtOnce = 200;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var unfinished = await db.Runs.AsNoTracking().Where(r => r.Status == RunStatus.Queued || r.Status == RunStatus.Running)
            .OrderBy(r => r.CreatedAt).Take(AtOnce).ToListAsync(ct);
        if (unfinished.Count < AtOnce)
        {
            var known = unfinished.Select(r => r.Id).ToHashSet();
            queue.Keep(known);
            watch.Keep(known);
        }

        var left = unfinished.Where(run => !leases.IsHeld(run)).ToList();
        var idle = running.Count < jobs.Value.Workers;
        foreach (var run in left) queue.Enqueue(run, idle);
        return left.Count;
    }
}
