using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// Takes a run from its unfinished steps to its end; steps whose inputs are there work side by side. After a failure nothing begins,
/// and what works already goes to its end: a retry takes it from there.
/// </summary>
internal sealed partial class RunEngine(
    IDbContextFactory<NexusDb> contexts, RunLease leases, RunEnvironment environment, StepRunner runner, StepStore store, StepSlots slots, ComponentCatalog components,
    RunCancellations cancellations, LiveEvents live, TimeProvider time, ILogger<RunEngine> logger)
{
    /// <summary>Does nothing where the run is finished or another worker has it.</summary>
    /// <param name="shutdown">The process ends: the run is given back, to go on in the next one.</param>
    public async Task ExecuteAsync(Guid runId, CancellationToken shutdown)
    {
        if (shutdown.IsCancellationRequested || await leases.TakeAsync(runId, shutdown) is not { } run) return;
        using var span = JobsTelemetry.StartRun(run);
        JobsTelemetry.Active.Add(1);
        using var stop = new RunStop();
        using var kept = new CancellationTokenSource();
        cancellations.Add(runId, stop);
        await using var ending = shutdown.Register(() => stop.Request(StopReason.Shutdown));
        var heartbeat = leases.KeepAsync(run, stop, kept.Token);
        try
        {
            if (run.CancelRequestedAt is not null) stop.Request(StopReason.Canceled);
            Publish(run, RunStatus.Running);
            await environment.WriteAsync(run);
            var plan = new RunPlan(run.Composed, await StepsAsync(run.Id), components);
            await WorkAsync(run, plan, stop);
            await EndAsync(run, plan, stop.Reason);
        }
        catch (LeaseLostException lost)
        {
            Log.Left(logger, lost, runId);
        }
        finally
        {
            JobsTelemetry.Active.Add(-1);
            cancellations.Remove(runId);
            await kept.CancelAsync();
            await heartbeat;
        }
    }

    /// <summary>Until nothing works and nothing may begin.</summary>
    private async Task WorkAsync(Run run, RunPlan plan, RunStop stop)
    {
        var working = new List<Task<Ended>>();
        ExceptionDispatchInfo? broken = null;
        while (true)
        {
            var freed = slots.Freed;
            while (stop.Reason == StopReason.None && plan.Next is { } next && slots.TryTake(alone: working.Count == 0))
                working.Add(StepAsync(run, next, plan, stop));
            if (working.Count == 0) break;
            List<Task> awaited = [.. working];
            if (stop.Reason == StopReason.None && plan.Next is not null) awaited.Add(freed);
            await Task.WhenAny(awaited);
            foreach (var done in working.FindAll(t => t.IsCompleted))
            {
                working.Remove(done);
                var (step, outcome, failure) = await done;
                plan.End(step, outcome);
                broken ??= failure;
                slots.Free(); // only now: nothing begins in its place before a failure is known
            }
        }

        broken?.Throw();
    }

    private async Task<Ended> StepAsync(Run run, RunStep step, RunPlan plan, RunStop stop)
    {
        try
        {
            var (document, inputs) = plan.Begin(step);
            return new(step, await runner.RunAsync(run, step, document, inputs, stop), null);
        }
        catch (Exception failure)
        {
            // Not the step's: the lease, or the database. Those beside it end, too, before it is told.
            stop.Request(failure is LeaseLostException ? StopReason.LeaseLost : StopReason.Broken);
            return new(step, new(null), ExceptionDispatchInfo.Capture(failure));
        }
    }

    private async Task EndAsync(Run run, RunPlan plan, StopReason reason)
    {
        if (plan.Error is { } error)
        {
            await CancelStepsAsync(run, plan);
            await FinishAsync(run, RunStatus.Failed, error);
            return;
        }

        switch (reason)
        {
            case StopReason.None:
                await FinishAsync(run, RunStatus.Succeeded, null);
                break;
            case StopReason.Canceled:
                await CancelStepsAsync(run, plan);
                await FinishAsync(run, RunStatus.Canceled, null);
                break;
            case StopReason.Shutdown:
                await leases.ReleaseAsync(run);
                break;
        }
    }

    private async Task CancelStepsAsync(Run run, RunPlan plan)
    {
        foreach (var step in plan.Interrupted.ToList()) await store.EndAsync(run, step, StepStatus.Canceled, null);
    }

    private async Task FinishAsync(Run run, RunStatus status, string? error)
    {
        if (error is { Length: > 4000 }) error = error[..3999] + "…";
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await RunLease.FenceAsync(db, run, CancellationToken.None);
        var ended = time.GetUtcNow();
        await db.Runs.Where(r => r.Id == run.Id).ExecuteUpdateAsync(r => r
            .SetProperty(x => x.Status, status)
            .SetProperty(x => x.Error, x => status == RunStatus.Canceled ? x.Error : error) // who canceled it may have said why
            .SetProperty(x => x.EndedAt, ended)
            .SetProperty(x => x.LeaseOwner, (string?)null)
            .SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null));
        await transaction.CommitAsync();
        JobsTelemetry.RunEnded(status, ended - (run.StartedAt ?? ended));
        Log.Finished(logger, run.Id, status);
        Publish(run, status);
    }

    private async Task<List<RunStep>> StepsAsync(Guid runId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return await db.RunSteps.AsNoTracking().Where(s => s.RunId == runId).OrderBy(s => s.Ordinal).ToListAsync();
    }

    private void Publish(Run run, RunStatus status)
    {
        var data = new { id = run.Id, pipeline = run.PipelineName, number = run.Number, status = status.ToString() };
        live.Publish($"run:{run.Id}", "run", data);
        live.Publish("runs", "run", data);
    }

    private sealed record Ended(RunStep Step, StepOutcome Outcome, ExceptionDispatchInfo? Broken);

    private static partial class Log
    {
        [LoggerMessage(320, LogLevel.Information, "Run {RunId} has ended: {Status}")]
        public static partial void Finished(ILogger logger, Guid runId, RunStatus status);

        [LoggerMessage(321, LogLevel.Warning, "Run {RunId} is left to the worker that has it now")]
        public static partial void Left(ILogger logger, LeaseLostException lost, Guid runId);
    }
}
