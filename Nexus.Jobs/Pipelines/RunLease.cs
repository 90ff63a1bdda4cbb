using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// One worker at a time has a run. The lease is taken by optimistic concurrency, kept by a heartbeat, and checked inside every
/// transaction that writes for the run: who lost it writes nothing. Each taking is an owner of its own, so that nobody writes by a later one.
/// </summary>
internal sealed partial class RunLease(
    IDbContextFactory<NexusDb> contexts, WorkerIdentity worker, LeaseWatch watch, RunCancellations running, LiveEvents live, TimeProvider time,
    IOptions<JobsOptions> options, ILogger<RunLease> logger)
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
        // A worker that lives and yet let go of it, over a database that was away, has not died of it.
        var struck = run.Status == RunStatus.Running && !(run.LeaseOwner is { } owner && worker.IsUp(owner));
        if (struck && ++run.Recoveries >= MaxRecoveries) await GiveUpAsync(db, run, now, ct);
        else if (run.Recoveries > 0 && !Suspect(runId)) (run.Status, run.LeaseOwner, run.LeaseUntil) = (RunStatus.Queued, null, null);
        else (run.Status, run.LeaseOwner, run.LeaseUntil) = (RunStatus.Running, worker.NewOwner(), now + options.Value.Lease);
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

        if (run.Status == RunStatus.Failed) TellGivenUp(run);
        if (run.Status == RunStatus.Running) Log.Taken(logger, runId, worker.Name);
        if (run.Status == RunStatus.Running && struck) Log.Recovered(logger, runId, run.Recoveries);
        return run.Status == RunStatus.Running ? run : null;
    }

    /// <summary>Whether a worker that may be alive has it. What this process works on is held whatever the row says.</summary>
    public bool IsHeld(Run run) =>
        running.Has(run.Id)
        || (run is { LeaseOwner: { } owner, LeaseUntil: { } until } && !worker.IsGone(owner) && !watch.HasLapsed(run.Id, owner, until));

    /// <summary>Inside a transaction: holds the run's row, or throws where it is another's.</summary>
    /// <param name="taken">As <see cref="TakeAsync"/> answered it.</param>
    /// <exception cref="LeaseLostException">Another has taken it since.</exception>
    public static async Task FenceAsync(NexusDb db, Run taken, CancellationToken ct)
    {
        var held = await Mine(db, taken).ExecuteUpdateAsync(run => run.SetProperty(r => r.LeaseOwner, r => r.LeaseOwner), ct); // only heartbeats move it
        if (held == 0) throw new LeaseLostException(taken.Id);
    }

    /// <summary>
    /// Keeps the lease until <paramref name="ct"/>, and hears of cancellation asked for at another node. While the database is away the
    /// work goes on: nobody can take the lease, either, and who has taken it afterwards is told by the next beat.
    /// </summary>
    public async Task KeepAsync(Run taken, RunStop stop, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(options.Value.Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                try
                {
                    await BeatAsync(taken, stop, ct);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    Log.Missed(logger, failure, taken.Id);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The run has ended.
        }
        finally
        {
            Acquit(taken.Id);
        }
    }

    /// <summary>Gives the run back unfinished, so that the next process takes it at once and counts no strike.</summary>
    public async Task ReleaseAsync(Run taken)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await FenceAsync(db, taken, CancellationToken.None);
        await db.RunSteps.Where(s => s.RunId == taken.Id && s.Status == StepStatus.Running)
            .ExecuteUpdateAsync(step => step.SetProperty(s => s.Status, StepStatus.Pending));
        await db.Runs.Where(r => r.Id == taken.Id).ExecuteUpdateAsync(run => run
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

    private static IQueryable<Run> Mine(NexusDb db, Run taken) => db.Runs.Where(r => r.Id == taken.Id && r.LeaseOwner == taken.LeaseOwner);

    private async Task BeatAsync(Run taken, RunStop stop, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var until = time.GetUtcNow() + options.Value.Lease;
        if (await Mine(db, taken).ExecuteUpdateAsync(run => run.SetProperty(r => r.LeaseUntil, until), ct) == 0)
        {
            Log.Lost(logger, taken.Id);
            stop.Request(StopReason.LeaseLost);
            return;
        }

        if (await db.Runs.AnyAsync(r => r.Id == taken.Id && r.CancelRequestedAt != null, ct)) stop.Request(StopReason.Canceled);
    }

    private static async Task GiveUpAsync(NexusDb db, Run run, DateTimeOffset now, CancellationToken ct)
    {
        var steps = await db.RunSteps.Where(s => s.RunId == run.Id && s.Status == StepStatus.Running).OrderBy(s => s.Ordinal).ToListAsync(ct);
        var where = steps.Count == 0 ? "" : $" in step {string.Join(" or ", steps.Select(s => $"'{s.Name}'"))}";
        run.Error = $"The process that worked on it ended {MaxRecoveries} times{where} without finishing; most likely it needs more memory than there is.";
        (run.Status, run.EndedAt, run.LeaseOwner, run.LeaseUntil) = (RunStatus.Failed, now, null, null);
        foreach (var step in steps) (step.Status, step.EndedAt, step.Error) = (StepStatus.Failed, now, run.Error);
    }

    private void TellGivenUp(Run run)
    {
        JobsTelemetry.RunEnded(run.Status, run.EndedAt!.Value - run.StartedAt!.Value);
        var data = new { id = run.Id, pipeline = run.PipelineName, number = run.Number, status = run.Status.ToString() };
        live.Publish($"run:{run.Id}", "run", data);
        live.Publish("runs", "run", data);
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
