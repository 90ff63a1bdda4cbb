using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Pipelines;

/// <summary>Runs one step of a run: from the cache, or by its component, tried again after failures that pass.</summary>
internal sealed partial class StepRunner(
    IDbContextFactory<NexusDb> contexts, ComponentCatalog components, StepCache cache, StepStore store, StepWork work, StepTurns turns,
    LiveEvents live, TimeProvider time, ILogger<StepRunner> logger)
{
    /// <exception cref="LeaseLostException">Another worker has the run.</exception>
    public async Task<StepOutcome> RunAsync(
        Run run, RunStep step, PipelineStep document, IReadOnlyDictionary<string, StepOutput> inputs, RunStop stop)
    {
        var started = time.GetTimestamp();
        using var span = JobsTelemetry.StartStep(step);
        try
        {
            return await RunToEndAsync(run, step, document, inputs, stop);
        }
        finally
        {
            JobsTelemetry.StepEnded(components.Find(step.Component)?.Name, step, time.GetElapsedTime(started));
        }
    }

    private async Task<StepOutcome> RunToEndAsync(
        Run run, RunStep step, PipelineStep document, IReadOnlyDictionary<string, StepOutput> inputs, RunStop stop)
    {
        if (components.Find(document.Component) is not { } component)
            return await FailAsync(run, step, $"There is no component '{document.Component}' in this version of the portal.");

        for (var tries = 0; ; tries++)
        {
            await store.BeginAsync(run, step);
            await using var recorder = new StepRecorder(contexts, live, time, run, step);
            try
            {
                return await TryAsync(run, step, document, component, inputs, recorder, stop.Token);
            }
            catch (OperationCanceledException) when (stop.Reason != StopReason.None)
            {
                recorder.Log(stop.Reason == StopReason.Shutdown ? "The process ends; the step will start again." : "Stopped.");
                return new(null);
            }
            catch (Exception failure) when (failure is not LeaseLostException)
            {
                if (tries < document.Retries && Passes(failure))
                {
                    var pause = TimeSpan.FromSeconds(Math.Pow(4, tries));
                    recorder.Log($"Failed, and is tried again in {pause.TotalSeconds:0} s: {failure.Message}");
                    if (await PauseAsync(pause, stop)) continue;
                    return new(null);
                }

                return await FailAsync(run, step, Explain(run, step, failure, recorder), recorder.Results);
            }
        }
    }

    private async Task<StepOutcome> TryAsync(
        Run run, RunStep step, PipelineStep document, IComponent component, IReadOnlyDictionary<string, StepOutput> inputs,
        StepRecorder recorder, CancellationToken stop)
    {
        recorder.Log($"{step.Component}, attempt {step.Attempt}");
        var resolved = await component.ResolveAsync(Context(run, step, document, inputs, [], "", recorder), stop);
        var parts = StepCache.Parts(component, document, resolved, inputs);
        step.CacheKeyParts = CanonicalJson.Write(parts);
        step.CacheKey = CanonicalJson.Digest(step.CacheKeyParts);
        using var turn = component.Cacheable && document.Cache
            ? await turns.TakeAsync(step.CacheKey, () => recorder.Log("Waits for an equal step that is at work."), stop)
            : null;
        if (turn is not null)
        {
            if (await cache.FindAsync(step.CacheKey, stop) is { } hit)
            {
                recorder.Log($"Taken from run {hit.RunId}: component, code version, inputs and parameters are the same.");
                (step.Cached, step.CachedFromRunId) = (true, hit.RunId);
                return await SucceedAsync(run, step, CanonicalJson.Read<StepOutput>(hit.Output), keep: false);
            }

            step.CacheMiss = await cache.ExplainMissAsync(run, step.Name, parts, stop);
            recorder.Log($"Runs because {step.CacheMiss}.");
        }
        else
        {
            step.CacheMiss = component.Cacheable ? "'cache: false' asks for it" : $"{component.Name} always runs";
        }

        var output = await work.RunAsync(
            (folder, token) => component.RunAsync(Context(run, step, document, inputs, resolved, folder, recorder), token),
            document.Timeout,
            () =>
            {
                recorder.Log("It did not stop in time and is abandoned; what it still does has no effect.");
                Log.Abandoned(logger, run.Id, step.Name);
            },
            stop);
        return await SucceedAsync(run, step, output, keep: component.Cacheable);
    }

    private async Task<StepOutcome> SucceedAsync(Run run, RunStep step, StepOutput output, bool keep)
    {
        await store.SucceedAsync(run, step, output, keep);
        return new(output);
    }

    private async Task<StepOutcome> FailAsync(Run run, RunStep step, string error, IReadOnlyDictionary<string, MetricEstimate>? results = null)
    {
        await store.EndAsync(run, step, StepStatus.Failed, error, results);
        return new(null, error);
    }

    private static StepContext Context(
        Run run, RunStep step, PipelineStep document, IReadOnlyDictionary<string, StepOutput> inputs, JsonObject resolved, string folder, StepRecorder recorder) => new()
        {
            RunId = run.Id,
            Pipeline = run.PipelineName,
            Revision = run.Revision,
            Step = step.Name,
            Attempt = step.Attempt,
            Actor = new(run.CreatedBy, new HashSet<Role> { Role.Engineer }),
            With = document.With.DeepClone().AsObject(),
            Inputs = inputs,
            Resolved = resolved.DeepClone().AsObject(),
            WorkDirectory = folder,
            Log = recorder.Log,
            Fence = (db, ct) => RunLease.FenceAsync(db, run, ct),
            Metric = recorder.Metric,
            Results = results => recorder.Results = results,
            Progress = recorder.Progress,
        };

    // Disk, database, network: what may be well the next time. A refusal or a bug will not.
    private static bool Passes(Exception failure) =>
        failure is IOException and not FileNotFoundException and not DirectoryNotFoundException
            or HttpRequestException or DbUpdateException or System.Data.Common.DbException or TimeoutException
        || failure is RefusedException { Kind: RefusalKind.Unavailable };

    private async Task<bool> PauseAsync(TimeSpan pause, RunStop stop)
    {
        try
        {
            await Task.Delay(pause, time, stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private string Explain(Run run, RunStep step, Exception failure, StepRecorder recorder)
    {
        if (failure is RefusedException or StepTimeoutException)
        {
            recorder.Log($"Failed: {failure.Message}");
            return failure.Message;
        }

        recorder.Log($"Failed: {failure}");
        Log.Failed(logger, failure, run.Id, step.Name);
        return $"{failure.GetType().Name}: {failure.Message}";
    }

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Error, "Step {Step} of run {RunId} failed unexpectedly")]
        public static partial void Failed(ILogger logger, Exception failure, Guid runId, string step);

        [LoggerMessage(311, LogLevel.Warning, "Step {Step} of run {RunId} did not stop and is abandoned")]
        public static partial void Abandoned(ILogger logger, Guid runId, string step);
    }
}
