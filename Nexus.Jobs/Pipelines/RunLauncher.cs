using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Data.Datasets;
using Nexus.Data.Identity;
using Nexus.Data.Lineage;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;
using Nexus.Data.Storage;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Pipelines;

/// <summary>Starts, cancels and retries runs: the row first, then the queue.</summary>
public sealed class RunLauncher
{
    /// <summary>Where a run keeps what was changed in the code since its commit.</summary>
    public const string DiffPath = "environment/changes.diff";

    private const int MaxConflicts = 10;
    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly PipelineComposer _composer;
    private readonly RunQueue _queue;
    private readonly RunCancellations _cancellations;
    private readonly RunLease _leases;
    private readonly LiveEvents _live;
    private readonly TimeProvider _time;

    internal RunLauncher(
        IDbContextFactory<NexusDb> contexts, PipelineComposer composer, RunQueue queue,
        RunCancellations cancellations, RunLease leases, LiveEvents live, TimeProvider time) =>
        (_contexts, _composer, _queue, _cancellations, _leases, _live, _time) = (contexts, composer, queue, cancellations, leases, live, time);

    /// <param name="overrides">As the document's language has them: <c>train.params.leaves=63</c>, <c>~train.params</c>.</param>
    /// <param name="dataset">Binds the dataset of the step <c>ingest</c>: <c>elec2</c> or <c>elec2@3</c>.</param>
    /// <param name="trigger"><c>manual</c>, or what starts it.</param>
    /// <param name="id">The run's id to be: where that run is there already, it is answered and none is started.</param>
    /// <param name="pin">The sweep that it is a trial of; null: it runs what is newest.</param>
    /// <returns>The run's id.</returns>
    /// <exception cref="RefusedException">NotFound: pipeline or revision. Invalid: overrides, dataset, or the text as it composes.</exception>
    public async Task<Guid> StartAsync(
        string pipeline, IReadOnlyList<string> overrides, string? dataset, Actor actor, CancellationToken ct, string trigger = "manual", Guid? id = null,
        RunPin? pin = null)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        for (var conflicts = 0; ; conflicts++)
        {
            await using var db = await _contexts.CreateDbContextAsync(ct);
            if (id is { } known && await db.Runs.AnyAsync(r => r.Id == known && r.PipelineName == pipeline, ct)) return known;
            var row = await db.Pipelines.FirstOrDefaultAsync(p => p.Name == pipeline, ct) ?? throw Refused.NotFound("pipeline", pipeline);
            var wanted = pin?.Revision ?? row.Revision;
            var yaml = await db.PipelineRevisions.Where(r => r.PipelineId == row.Id && r.Revision == wanted).Select(r => r.Yaml).FirstOrDefaultAsync(ct)
                ?? throw Refused.NotFound("revision", wanted);
            if (dataset is not null) await CheckDatasetAsync(db, dataset, ct);
            var composer = pin is null ? _composer : _composer.With(new ConfigStore(_contexts, pin.At));
            var document = await composer.ComposeAsync(yaml, overrides, dataset, ct);
            var run = Add(db, id ?? Ids.New(_time), row, wanted, document, overrides, dataset, actor, trigger, pin?.Sweep);
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException taken) when (conflicts < MaxConflicts && (taken is DbUpdateConcurrencyException || UniqueViolation.Is(taken)))
            {
                continue; // Another run of this pipeline took the number, or another node has started this very run.
            }

            _queue.Enqueue(run);
            Publish(run, RunStatus.Queued);
            return run.Id;
        }
    }

    /// <summary>A waiting run is canceled at once, a running one within seconds; a canceled one stays so.</summary>
    /// <exception cref="RefusedException">NotFound; Conflict where it has ended otherwise.</exception>
    /// <param name="why">Kept with the run, where it is not a person who stops it.</param>
    public async Task CancelAsync(Guid runId, Actor actor, CancellationToken ct, string? why = null)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        for (var conflicts = 0; ; conflicts++)
        {
            await using var db = await _contexts.CreateDbContextAsync(ct);
            var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == runId, ct) ?? throw Refused.NotFound("run", runId);
            if (run.Status is RunStatus.Succeeded or RunStatus.Failed) throw Refused.Conflict($"The run has ended: {run.Status}.");
            if (run.CancelRequestedAt is not null) return;
            (run.CancelRequestedAt, run.Error) = (_time.GetUtcNow(), why);
            if (run.Status == RunStatus.Queued && !_leases.IsHeld(run)) (run.Status, run.EndedAt) = (RunStatus.Canceled, run.CancelRequestedAt);
            Ledger.Append(db, actor, "run.canceled", $"run/{runId}", new { pipeline = run.PipelineName, number = run.Number, why });
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateConcurrencyException) when (conflicts < MaxConflicts)
            {
                continue; // A worker took it, or its heartbeat came between.
            }

            _cancellations.Cancel(runId);
            Publish(run, run.Status);
            return;
        }
    }

    /// <summary>Goes on at the first step that did not succeed.</summary>
    /// <exception cref="RefusedException">NotFound; Conflict unless it has failed or was canceled, or where its sweep would only stop it again.</exception>
    public async Task RetryAsync(Guid runId, Actor actor, CancellationToken ct)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == runId, ct) ?? throw Refused.NotFound("run", runId);
        if (run.Status is not (RunStatus.Failed or RunStatus.Canceled)) throw Refused.Conflict($"Only a failed or canceled run is retried; this one is {run.Status}.");
        await CheckSweepAsync(db, run, ct);
        (run.Status, run.Error, run.EndedAt, run.CancelRequestedAt, run.Recoveries) = (RunStatus.Queued, null, null, null, 0);
        foreach (var step in await db.RunSteps.Where(s => s.RunId == runId && s.Status != StepStatus.Succeeded).ToListAsync(ct))
            (step.Status, step.Error, step.StartedAt, step.EndedAt, step.Progress, step.ProgressText) = (StepStatus.Pending, null, null, null, null, null);
        Ledger.Append(db, actor, "run.retried", $"run/{runId}", new { pipeline = run.PipelineName, number = run.Number });
        await db.SaveChangesAsync(ct);
        _queue.Enqueue(run);
        Publish(run, RunStatus.Queued);
    }

    private static async Task CheckSweepAsync(NexusDb db, Run run, CancellationToken ct)
    {
        if (run.SweepId is not { } sweep) return;
        if (await db.Sweeps.AnyAsync(s => s.Id == sweep && s.State == SweepState.Canceled, ct))
            throw Refused.Conflict("Its sweep was canceled, and with it all of its runs. Start a run with the same overrides instead.");
        if (await db.SweepTrials.Where(t => t.SweepId == sweep && t.RunId == run.Id).Select(t => t.Stopped).FirstOrDefaultAsync(ct) is { } why)
            throw Refused.Conflict($"Its sweep has stopped it: {why}. Start a run with the same overrides instead.");
    }

    internal static async Task CheckDatasetAsync(NexusDb db, string dataset, CancellationToken ct)
    {
        var (name, version) = DatasetRef.Read(dataset) ?? throw Refused.Invalid("dataset", $"'{dataset}' is not a dataset: name, or name@version.");
        if (!await db.DatasetVersions.AnyAsync(v => v.DatasetName == name && (version == null || v.Version == version), ct))
            throw Refused.Invalid("dataset", $"There is no dataset '{dataset}'.");
    }

    private Run Add(
        NexusDb db, Guid id, Pipeline pipeline, int revision, PipelineDocument document, IReadOnlyList<string> overrides, string? dataset, Actor actor,
        string trigger, Guid? sweep)
    {
        var run = new Run
        {
            Id = id,
            PipelineId = pipeline.Id,
            PipelineName = pipeline.Name,
            Revision = revision,
            Number = ++pipeline.Runs,
            SweepId = sweep,
            Trigger = trigger,
            CreatedAt = _time.GetUtcNow(),
            CreatedBy = actor.Name,
            Overrides = CanonicalJson.Write(dataset is null ? overrides : [.. overrides, $"dataset={dataset}"]),
            Composed = document.Composed,
            ComposedDigest = document.Digest,
            Origins = CanonicalJson.Write(new { values = document.Origins, configs = document.Configs }),
        };
        db.Runs.Add(run);
        db.RunSteps.AddRange(document.Steps.Select((step, i) => new RunStep
        {
            Id = Ids.New(_time),
            RunId = run.Id,
            Ordinal = i,
            Name = step.Name,
            Component = step.Component,
        }));
        db.RunParams.AddRange(Params(document, run.Id));
        if (sweep is null) LineageGraph.AddNew(db, $"pipeline/{pipeline.Name}@{run.Revision}", "ran", $"run/{run.Id}", _time);
        else LineageGraph.AddNew(db, $"sweep/{sweep}", "started", $"run/{run.Id}", _time);
        ConfigUses.Draw(db, document.Configs, $"run/{run.Id}", _time);
        Ledger.Append(db, actor, "run.started", $"run/{run.Id}", new { pipeline = pipeline.Name, run.Number, run.Revision, overrides, dataset, trigger, document = document.Digest, configs = document.Configs.Select(c => c.ToString()) });
        return run;
    }

    private static IEnumerable<RunParam> Params(PipelineDocument document, Guid runId)
    {
        foreach (var (key, value) in ComposedParameters.Of(document.Composed).Where(p => p.Key.Length <= 250))
        {
            var text = value is JsonValue scalar && scalar.TryGetValue<string>(out var words) ? words : CanonicalJson.Write(value);
            yield return new()
            {
                RunId = runId,
                Key = key,
                Value = text.Length <= 6000 ? text : text[..5999] + "…",
                Number = value is JsonValue number && number.GetValueKind() == JsonValueKind.Number ? (double)number : null,
            };
        }
    }

    private void Publish(Run run, RunStatus status)
    {
        var data = new { id = run.Id, pipeline = run.PipelineName, number = run.Number, status = status.ToString() };
        _live.Publish($"run:{run.Id}", "run", data);
        _live.Publish("runs", "run", data);
    }
}
