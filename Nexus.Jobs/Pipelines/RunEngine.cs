using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Pipelines;

/// <summary>Takes a run from its first unfinished step to its end.</summary>
internal sealed partial class RunEngine(
    IDbContextFactory<NexusDb> contexts, RunLease leases, StepRunner runner, StepStore store, RunCancellations cancellations,
    LiveEvents live, TimeProvider time, ILogger<RunEngine> logger)
{
    /// <summary>Does nothing where the run is finished or another worker has it.</summary>
    /// <param name="shutdown">The process ends: the run is given back, to go on in the next one.</param>
    public async Task ExecuteAsync(Guid runId, CancellationToken shutdown)
    {
        if (shutdown.IsCancellationRequested || await leases.TakeAsync(runId, shutdown) is not { } run) return;
        using var stop = new RunStop();
        using var kept = new CancellationTokenSource();
        cancellations.Add(runId, stop);
        await using var ending = shutdown.Register(() => stop.Request(StopReason.Shutdown));
        var heartbeat = leases.KeepAsync(runId, stop, kept.Token);
        try
        {
            if (run.CancelRequestedAt is not null) stop.Request(StopReason.Canceled);
            Publish(run, RunStatus.Running);
            await ExecuteStepsAsync(run, stop);
        }
        catch (LeaseLostException lost)
        {
            Log.Left(logger, lost, runId);
        }
        finally
        {
            cancellations.Remove(runId);
            await kept.CancelAsync();
            await heartbeat;
        }
    }

    private async Task ExecuteStepsAsync(Run run, RunStop stop)
    {
        var documents = JsonNode.Parse(run.Composed)!["steps"]!.AsObject();
        var steps = await StepsAsync(run.Id);
        var outputs = new Dictionary<string, StepOutput>();
        foreach (var step in steps)
        {
            if (step.Status == StepStatus.Succeeded)
            {
                outputs[step.Name] = CanonicalJson.Read<StepOutput>(step.Output!);
                continue;
            }

            if (stop.Reason != StopReason.None)
            {
                await StopAsync(run, step, stop.Reason);
                return;
            }

            var document = PipelineStep.From(step.Name, documents[step.Name]!.AsObject());
            var inputs = document.Inputs.ToDictionary(i => i.Key, i => outputs[i.Value]);
            var outcome = await runner.RunAsync(run, step, document, inputs, stop);
            if (outcome.Output is { } output)
            {
                outputs[step.Name] = output;
                continue;
            }

            if (outcome.Error is { } error) await FinishAsync(run, RunStatus.Failed, $"{step.Name}: {error}");
            else await StopAsync(run, step, stop.Reason);
            return;
        }

        await FinishAsync(run, RunStatus.Succeeded, null);
    }

    private async Task StopAsync(Run run, RunStep step, StopReason reason)
    {
        switch (reason)
        {
            case StopReason.Canceled:
                if (step.Status == StepStatus.Running) await store.EndAsync(run, step, StepStatus.Canceled, null);
                await FinishAsync(run, RunStatus.Canceled, null);
                break;
            case StopReason.Shutdown:
                await leases.ReleaseAsync(run.Id);
                break;
        }
    }

    private async Task FinishAsync(Run run, RunStatus status, string? error)
    {
        if (error is { Length: > 4000 }) error = error[..3999] + "…";
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await leases.FenceAsync(db, run.Id, CancellationToken.None);
        await db.Runs.Where(r => r.Id == run.Id).ExecuteUpdateAsync(r => r
            .SetProperty(x => x.Status, status)
            .SetProperty(x => x.Error, x => status == RunStatus.Canceled ? x.Error : error) // who canceled it may have said why
            .SetProperty(x => x.EndedAt, time.GetUtcNow())
            .SetProperty(x => x.LeaseOwner, (string?)null)
            .SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null));
        await transaction.CommitAsync();
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

    private static partial class Log
    {
        [LoggerMessage(320, LogLevel.Information, "Run {RunId} has ended: {Status}")]
        public static partial void Finished(ILogger logger, Guid runId, RunStatus status);

        [LoggerMessage(321, LogLevel.Warning, "Run {RunId} is left to the worker that has it now")]
        public static partial void Left(ILogger logger, LeaseLostException lost, Guid runId);
    }
}
