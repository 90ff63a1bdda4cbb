using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Lineage;
using Nexus.Data.Live;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Sweeps.Strategies;
using Nexus.Jobs.Training.Evaluation;

namespace Nexus.Jobs.Sweeps;

/// <summary>Starts, pauses, resumes, extends and cancels sweeps; the engine moves them on.</summary>
public sealed class SweepService
{
    private const int MaxConflicts = 10;
    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly CompositionService _compositions;
    private readonly SweepPlanner _planner;
    private readonly SweepEstimator _estimator;
    private readonly IOptions<SweepOptions> _options;
    private readonly LiveEvents _live;
    private readonly TimeProvider _time;

    internal SweepService(
        IDbContextFactory<NexusDb> contexts, CompositionService compositions, SweepPlanner planner, SweepEstimator estimator, IOptions<SweepOptions> options,
        LiveEvents live, TimeProvider time) =>
        (_contexts, _compositions, _planner, _estimator, _options, _live, _time) = (contexts, compositions, planner, estimator, options, live, time);

    /// <summary>How many runs, and how long they may take; starts nothing.</summary>
    /// <exception cref="RefusedException">As <see cref="StartAsync(NewSweep, Actor, CancellationToken, Guid?)"/>.</exception>
    public async Task<SweepEstimate> EstimateAsync(
        string pipeline, IReadOnlyList<string> overrides, string? dataset, SweepStrategy? strategy, int? maxTrials, int? parallel, CancellationToken ct) =>
        await _estimator.EstimateAsync(await _planner.PlanAsync(pipeline, await _compositions.SpanAsync(overrides, ct), dataset, strategy, maxTrials, parallel, ct), ct);

    /// <summary>Every value of every setting is composed once before anything is queued, the whole of a small grid.</summary>
    /// <param name="id">The sweep's id to be: where that sweep is there already, it is answered and none is started.</param>
    /// <returns>The sweep's id.</returns>
    /// <exception cref="RefusedException">NotFound: pipeline. Invalid: a field, an override, or the text as it composes with one of the values.</exception>
    public async Task<Guid> StartAsync(NewSweep asked, Actor actor, CancellationToken ct, Guid? id = null)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        CheckMetric(asked.Metric);
        asked.Stopping?.Check();
        var plan = await _planner.PlanAsync(asked.Pipeline, await _compositions.SpanAsync(asked.Overrides, ct), asked.Dataset, asked.Strategy, asked.MaxTrials, asked.Parallel, ct);
        if (asked.Stopping is { Curve: null }) CheckCurve(plan.Composed[0]);
        asked = asked with { Dataset = await _planner.PinAsync(plan, asked.Dataset, ct) };
        for (var conflicts = 0; ; conflicts++)
        {
            await using var db = await _contexts.CreateDbContextAsync(ct);
            if (id is { } known && await db.Sweeps.AnyAsync(s => s.Id == known && s.PipelineName == asked.Pipeline, ct)) return known;
            var number = 1 + await db.Sweeps.Where(s => s.PipelineId == plan.Pipeline.Id).MaxAsync(s => (int?)s.Number, ct) ?? 1;
            var sweep = Make(asked, plan, id ?? Ids.New(_time), number, actor);
            db.Sweeps.Add(sweep);
            LineageGraph.AddNew(db, $"pipeline/{asked.Pipeline}@{plan.Pipeline.Revision}", "swept", $"sweep/{sweep.Id}", _time);
            Ledger.Append(db, actor, "sweep.started", $"sweep/{sweep.Id}", new
            {
                pipeline = asked.Pipeline,
                number,
                plan.Pipeline.Revision,
                asked.Overrides,
                asked.Dataset,
                strategy = plan.Strategy.ToString(),
                asked.Metric,
                sweep.Maximize,
                plan.MaxTrials,
            });
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException) when (conflicts < MaxConflicts)
            {
                continue; // Another sweep of this pipeline took the number, or the same call came twice.
            }

            Publish(sweep);
            return sweep.Id;
        }
    }

    /// <summary>No further run is started; those at work go to their end.</summary>
    /// <exception cref="RefusedException">NotFound; Conflict where it has ended.</exception>
    public Task PauseAsync(Guid id, Actor actor, CancellationToken ct) => ChangeAsync(id, actor, "sweep.paused", sweep =>
    {
        if (sweep.State is not (SweepState.Running or SweepState.Paused)) throw Ended(sweep);
        if (sweep.State == SweepState.Paused) return false;
        sweep.State = SweepState.Paused;
        return true;
    }, ct);

    /// <exception cref="RefusedException">NotFound; Conflict where it has ended.</exception>
    public Task ResumeAsync(Guid id, Actor actor, CancellationToken ct) => ChangeAsync(id, actor, "sweep.resumed", sweep =>
    {
        if (sweep.State is not (SweepState.Running or SweepState.Paused)) throw Ended(sweep);
        if (sweep.State == SweepState.Running) return false;
        sweep.State = SweepState.Running;
        return true;
    }, ct);

    /// <summary>More runs; a sweep that was done goes on.</summary>
    /// <exception cref="RefusedException">NotFound; Invalid beyond the bound; Conflict where it was canceled or failed, or its grid has no more combinations.</exception>
    public Task ExtendAsync(Guid id, int trials, Actor actor, CancellationToken ct) => ChangeAsync(id, actor, "sweep.extended", sweep =>
    {
        if (sweep.State is SweepState.Canceled or SweepState.Failed) throw Ended(sweep);
        var most = (int)Math.Min(_options.Value.MaxTrials, SpacePoints.Count(CanonicalJson.Read<SweepSpace>(sweep.Space)));
        if (sweep.MaxTrials >= most) throw Refused.Conflict($"It makes {sweep.MaxTrials} runs already, {(most < _options.Value.MaxTrials ? "which are all combinations" : "the most that a sweep may")}.");
        if (trials < 1 || trials > most - sweep.MaxTrials) throw Refused.Invalid("trials", $"It can be extended by 1 to {most - sweep.MaxTrials}.");
        sweep.MaxTrials += trials;
        if (sweep.State == SweepState.Succeeded) (sweep.State, sweep.EndedAt) = (SweepState.Running, null);
        return true;
    }, ct);

    /// <summary>Its open runs are canceled with it.</summary>
    /// <exception cref="RefusedException">NotFound; Conflict where it has ended otherwise.</exception>
    public Task CancelAsync(Guid id, Actor actor, CancellationToken ct) => ChangeAsync(id, actor, "sweep.canceled", sweep =>
    {
        if (sweep.State is SweepState.Succeeded or SweepState.Failed) throw Ended(sweep);
        if (sweep.State == SweepState.Canceled) return false;
        (sweep.State, sweep.EndedAt) = (SweepState.Canceled, _time.GetUtcNow());
        return true;
    }, ct);

    private async Task ChangeAsync(Guid id, Actor actor, string action, Func<Sweep, bool> change, CancellationToken ct)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        for (var conflicts = 0; ; conflicts++)
        {
            await using var db = await _contexts.CreateDbContextAsync(ct);
            var sweep = await db.Sweeps.FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw Refused.NotFound("sweep", id);
            if (!change(sweep)) return;
            sweep.Version++;
            Ledger.Append(db, actor, action, $"sweep/{id}", new { pipeline = sweep.PipelineName, number = sweep.Number, sweep.MaxTrials });
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateConcurrencyException) when (conflicts < MaxConflicts)
            {
                continue; // The engine moved it on meanwhile.
            }

            Publish(sweep);
            return;
        }
    }

    private static Sweep Make(NewSweep asked, SweepPlan plan, Guid id, int number, Actor actor, DateTimeOffset now) => new()
    {
        Id = id,
        PipelineId = plan.Pipeline.Id,
        PipelineName = plan.Pipeline.Name,
        Revision = plan.Pipeline.Revision,
        Number = number,
        Overrides = CanonicalJson.Write(asked.Overrides),
        Space = CanonicalJson.Write(plan.Space),
        Dataset = asked.Dataset,
        Strategy = plan.Strategy,
        Seed = asked.Seed ?? 0,
        Metric = asked.Metric,
        Maximize = asked.Maximize ?? !MetricNames.LessIsBetter(asked.Metric),
        MaxTrials = plan.MaxTrials,
        Parallel = plan.Parallel,
        Stopping = asked.Stopping is null ? null : CanonicalJson.Write(asked.Stopping),
        CreatedAt = now,
        CreatedBy = actor.Name,
    };

    private Sweep Make(NewSweep asked, SweepPlan plan, Guid id, int number, Actor actor) => Make(asked, plan, id, number, actor, _time.GetUtcNow());

    private static void CheckMetric(string metric)
    {
        if (string.IsNullOrWhiteSpace(metric) || metric.Length > 250) throw Refused.Invalid("metric", "Say the metric that is to be best, as the evaluate step names it: auc.");
        if (!MetricNames.All.Contains(metric) && Suggestion.For(metric, MetricNames.All) is { } meant)
            throw Refused.Invalid("metric", $"There is no metric '{metric}'. Did you mean '{meant}'?");
    }

    // Runs are compared while they learn by how they do on rows that they do not learn from; without such a curve no rule could ever act.
    private static void CheckCurve(PipelineDocument document)
    {
        foreach (var step in document.Steps.Where(s => s.Component == "train"))
        {
            var patience = step.With["params"]?["earlyStopping"] is JsonValue value && double.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var given) ? given : 0;
            if ((string?)step.With["trainer"] != "lightgbm")
                throw Refused.Invalid("stopping", $"The trainer of step '{step.Name}' has no curve to judge a run by before its end.");
            if (patience == 0)
                throw Refused.Invalid("stopping", $"Step '{step.Name}' measures nothing on validation rows while it learns. Add the override {step.Name}.params.earlyStopping=50, or name the curve to watch: {step.Name}/train.logLoss.");
        }
    }

    private static RefusedException Ended(Sweep sweep) => Refused.Conflict($"The sweep has ended: {sweep.State}.");

    private void Publish(Sweep sweep)
    {
        var data = new { id = sweep.Id, pipeline = sweep.PipelineName, number = sweep.Number, state = sweep.State.ToString() };
        _live.Publish($"sweep:{sweep.Id}", "changed", data);
        _live.Publish("sweeps", "changed", data);
    }
}
