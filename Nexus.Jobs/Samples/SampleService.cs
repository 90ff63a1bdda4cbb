using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Nexus.Data.Samples;
using Nexus.Data.Sweeps;
using Nexus.Inference.Agents;
using Nexus.Inference.Monitoring;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Sweeps;

namespace Nexus.Jobs.Samples;

/// <summary>The sample workspace for pages and programs: bring it, start and stop its traffic, remove it.</summary>
public sealed class SampleService
{
    private static readonly TimeSpan RunsEndWithin = TimeSpan.FromSeconds(20);
    private readonly SampleStore _store;
    private readonly SampleRemoval _removal;
    private readonly SampleTurns _turns;
    private readonly RunLauncher _runs;
    private readonly SweepService _sweeps;
    private readonly IServedModels _served;
    private readonly DecisionBacklog _backlog;
    private readonly ReferenceCatalog _references;
    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly IOptions<SampleOptions> _options;
    private readonly TimeProvider _time;

    internal SampleService(
        SampleStore store, SampleRemoval removal, SampleTurns turns, RunLauncher runs, SweepService sweeps, IServedModels served, DecisionBacklog backlog,
        ReferenceCatalog references, IDbContextFactory<NexusDb> contexts, IOptions<SampleOptions> options, TimeProvider time) =>
        (_store, _removal, _turns, _runs, _sweeps, _served, _backlog, _references, _contexts, _options, _time) =
        (store, removal, turns, runs, sweeps, served, backlog, references, contexts, options, time);

    /// <summary>How long traffic runs before it ends by itself.</summary>
    public TimeSpan TrafficLasts => _options.Value.TrafficLasts;

    /// <summary>How many of its decisions are kept.</summary>
    public int DecisionsKept => _options.Value.DecisionsKept;

    /// <returns>Null where there never was one.</returns>
    public Task<SampleView?> FindAsync(CancellationToken ct) => _store.FindAsync(ct);

    /// <summary>What foreign things rest on, and so would stay.</summary>
    public async Task<IReadOnlyList<SampleStay>> StaysAsync(CancellationToken ct) =>
        await _store.FindAsync(ct) is { Exists: true } sample ? await _removal.StaysAsync(sample.Name, ct) : [];

    /// <summary>Begins to make it; it is whole within a minute. One that stands is answered as it is.</summary>
    /// <exception cref="RefusedException">Forbidden but to Engineer and Admin; Conflict while the former one is being removed.</exception>
    public async Task<SampleView> AddAsync(Actor actor, CancellationToken ct)
    {
        Demand(actor);
        var view = await _store.BeginAsync(actor, ct);
        _turns.Tell();
        return view;
    }

    /// <exception cref="RefusedException">Forbidden but to Engineer; NotFound without a sample workspace.</exception>
    public async Task<SampleView> SetTrafficAsync(bool runs, Actor actor, CancellationToken ct)
    {
        if (actor != Actor.System) actor.Demand(Role.Engineer);
        await _store.SetTrafficAsync(runs ? _time.GetUtcNow() + _options.Value.TrafficLasts : null, actor, ct);
        _turns.Tell();
        return (await _store.FindAsync(ct))!;
    }

    /// <summary>
    /// Stops what works for it and deletes it whole, but for what foreign things rest on. It does not come back by itself. What
    /// a killed removal left is removed at the next start.
    /// </summary>
    /// <exception cref="RefusedException">Forbidden but to Engineer and Admin; NotFound where there is none.</exception>
    public async Task<RemovedSample> RemoveAsync(Actor actor, CancellationToken ct)
    {
        Demand(actor);
        var sample = await _store.BeginRemovalAsync(ct) ?? throw Refused.NotFound("sample workspace", "of this portal");
        // Begun is to be finished, whether the caller still waits or not.
        return await FinishRemovalAsync(sample, actor, CancellationToken.None);
    }

    internal async Task<RemovedSample> FinishRemovalAsync(SampleView sample, Actor actor, CancellationToken ct)
    {
        var ending = actor with { Roles = new HashSet<Role> { Role.Engineer } }; // an Admin may remove it, and with it what is under way for it
        using var all = await _turns.TakeAllAsync(ct);
        if (await _store.FindAsync(ct) is not { State: SampleState.Removing } still || still.Name != sample.Name) throw Refused.NotFound("sample workspace", "of this portal");
        await EndSweepsAsync(sample.Name, ending, ct);
        await EndRunsAsync(sample.Name, ending, ct);
        await _removal.TakeOutOfServiceAsync(sample.Name, ct);
        await _served.RefreshAsync(ct);
        await _backlog.SettleAsync(ct);
        var (decisions, feedback) = await _removal.DeleteDecisionsAsync(ct);
        await _backlog.SettleAsync(ct); // A request that was being answered may have come after the first look.
        var late = await _removal.DeleteDecisionsAsync(ct);
        var removed = await _removal.DeleteAsync(sample.Name, decisions + late.Decisions, feedback + late.Feedback, actor, ct);
        _references.Forget(sample.Name);
        await _served.RefreshAsync(ct);
        return removed;
    }

    private static void Demand(Actor actor)
    {
        if (actor != Actor.System && !actor.Is(Role.Engineer) && !actor.Is(Role.Admin)) throw Refused.Forbidden("This needs the role Engineer or Admin.");
    }

    /// <summary>Sweeps that somebody started over the sample's pipeline would go on making runs.</summary>
    private async Task EndSweepsAsync(string pipeline, Actor actor, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        foreach (var id in await db.Sweeps.Where(s => s.PipelineName == pipeline && (s.State == SweepState.Running || s.State == SweepState.Paused)).Select(s => s.Id).ToListAsync(ct))
        {
            try
            {
                await _sweeps.CancelAsync(id, actor, ct);
            }
            catch (RefusedException refused) when (refused.Kind is RefusalKind.Conflict or RefusalKind.NotFound)
            {
                // It has ended meanwhile.
            }
        }
    }

    /// <summary>Cancels the pipeline's runs and waits for their workers to leave.</summary>
    private async Task EndRunsAsync(string pipeline, Actor actor, CancellationToken ct)
    {
        var since = _time.GetTimestamp();
        while (true)
        {
            await using var db = await _contexts.CreateDbContextAsync(ct);
            var open = await db.Runs.Where(r => r.PipelineName == pipeline && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running))
                .Select(r => new { r.Id, r.CancelRequestedAt }).ToListAsync(ct);
            if (open.Count == 0 || _time.GetElapsedTime(since) > RunsEndWithin) return;
            foreach (var run in open.Where(r => r.CancelRequestedAt is null))
            {
                try
                {
                    await _runs.CancelAsync(run.Id, actor, ct);
                }
                catch (RefusedException refused) when (refused.Kind is RefusalKind.Conflict or RefusalKind.NotFound)
                {
                    // It has ended meanwhile.
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), _time, ct);
        }
    }
}
