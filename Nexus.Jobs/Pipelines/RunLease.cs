using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Pipelines;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// One worker at a time has a run. The lease is taken by optimistic concurrency, kept by a heartbeat, and checked inside every
/// transaction that writes for the run: who lost it writes nothing.
/// </summary>
internal sealed partial class RunLease(
    IDbContextFactory<NexusDb> contexts, WorkerIdentity worker, TimeProvider time, IOptions<JobsOptions> options, ILogger<RunLease> logger)
{
    private const int MaxRecoveries = 3;

    /// <summary>
    /// The one run at work here that a process has died with before. Such runs go one at a time: the next to die tells which of them it
    /// was, and the others are not blamed for it.
    /// </summary>
    private readonly Lock _suspecting = new();
    private Guid? _suspect;

    /// <summary>The run, or null where it is finished, held by another worker, or given up after three strikes.</summary>
    public async Task<Run?> TakeAsync(Guid runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == runId, ct);
        if (run is null || run.Status is not (RunStatus.Queued or RunStatus.Running) || IsHeld(run)) return null;
        var now = time.GetUtcNow();
        if (run.Status == RunStatus.Running && ++run.Recoveries >= MaxRecoveries) await GiveUpAsync(db, run, now, ct);
        else if (run.Recoveries > 0 && !Suspect(runId)) (run.Status, run.LeaseOwner, run.LeaseUntil) = (RunStatus.Queued, null, null);
        else (run.Status, run.LeaseOwner, run.LeaseUntil) = (RunStatus.Running, worker.Name, now + options.Value.Lease);
        run.StartedAt ??= now;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (Exception e)
        {
            Acquit(runId);
            if (e is DbUpdateConcurrencyException) return null;
            throw;
        }

        if (run.Status == RunStatus.Running) Log.Taken(logger, runId, worker.Name);
        if (run.Status == RunStatus.Running && run.Recoveries > 0) Log.Recovered(logger, runId, run.Recoveries);
        return run.Status == RunStatus.Running ? run : null;
    }

    /// <summary>Whether a worker that may be alive has it.</summary>
    public bool IsHeld(Run run) =>
        run is { LeaseOwner: { } owner, LeaseUntil: { } until } && until > time.GetUtcNow() && !worker.IsGone(owner);

    /// <summary>Inside a transaction: holds the run's row, or throws where it is another's.</summary>
    public async Task FenceAsync(NexusDb db, Guid runId, CancellationToken ct)
    {
        var until = time.GetUtcNow() + options.Value.Lease;
        var held = await db.Runs.Where(r => r.Id == runId && r.LeaseOwner == worker.Name)
            .ExecuteUpdateAsync(run => run.SetProperty(r => r.LeaseUntil, until), ct);
        if (held == 0) throw new LeaseLostException(runId);
    }

    /// <summary>Keeps the lease until <paramref name="ct"/>, and hears of cancellation asked for at another node.</summary>
    public async Task KeepAsync(Guid runId, RunStop stop, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(options.Value.Heartbeat, time);
        var renewed = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                try
                {
                    await BeatAsync(runId, stop, ct);
                    renewed = time.GetTimestamp();
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    Log.Missed(logger, failure, runId);
                    if (time.GetElapsedTime(renewed) >= options.Value.Lease) stop.Request(StopReason.LeaseLost);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The run has ended.
        }
        finally
        {
            Acquit(runId);
        }
    }

    /// <summary>Gives the run back unfinished, so that the next process takes it at once and counts no strike.</summary>
    public async Task ReleaseAsync(Guid runId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await FenceAsync(db, runId, CancellationToken.None);
        await db.RunSteps.Where(s => s.RunId == runId && s.Status == StepStatus.Running)
            .ExecuteUpdateAsync(step => step.SetProperty(s => s.Status, StepStatus.Pending));
        await db.Runs.Where(r => r.Id == runId).ExecuteUpdateAsync(run => run
            .SetProperty(r => r.Status, RunStatus.Queued)
            .SetProperty(r => r.LeaseOwner, (string?)null)
            .SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null));
        await transaction.CommitAsync();
    }

    /// <returns>False while another such run is at work here.</returns>
    private bool Suspect(Guid runId)
    {
        lock (_suspecting)
        {
            _suspect ??= runId;
            return _suspect == runId;
        }
    }

    private void Acquit(Guid runId)
    {
        lock (_suspecting)
        {
            if (_suspect == runId) _suspect = null;
        }
    }

    private async Task BeatAsync(Guid runId, RunStop stop, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        try
        {
            await FenceAsync(db, runId, ct);
        }
        catch (LeaseLostException)
        {
            Log.Lost(logger, runId);
            stop.Request(StopReason.LeaseLost);
            return;
        }

        if (await db.Runs.AnyAsync(r => r.Id == runId && r.CancelRequestedAt != null, ct)) stop.Request(StopReason.Canceled);
    }

    private static async Task GiveUpAsync(NexusDb db, Run run, DateTimeOffset now, CancellationToken ct)
    {
        var steps = await db.RunSteps.Where(s => s.RunId == run.Id && s.Status == StepStatus.Running).OrderBy(s => s.Ordinal).ToListAsync(ct);
        var where = steps.Count == 0 ? "" : $" in step {string.Join(" or ", steps.Select(s => $"'{s.Name}'"))}";
        run.Error = $"The process that worked on it ended {MaxRecoveries} times{where} without finishing; most likely it needs more memory than there is.";
        (run.Status, run.EndedAt, run.LeaseOwner, run.LeaseUntil) = (RunStatus.Failed, now, null, null);
        foreach (var step in steps) (step.Status, step.EndedAt, step.Error) = (StepStatus.Failed, now, run.Error);
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "Run {RunId} is taken up again after its worker vanished, for the {Times}. time")]
        public static partial void Recovered(ILogger logger, Guid runId, int times);

        [LoggerMessage(301, LogLevel.Warning, "A heartbeat of run {RunId} failed")]
        public static partial void Missed(ILogger logger, Exception failure, Guid runId);

        [LoggerMessage(303, LogLevel.Information, "Run {RunId} is taken by {Worker}")]
        public static partial void Taken(ILogger logger, Guid runId, string worker);

        [LoggerMessage(302, LogLevel.Warning, "The lease of run {RunId} is lost to another worker")]
        public static partial void Lost(ILogger logger, Guid runId);
    }
}
