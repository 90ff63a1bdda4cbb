using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Sweeps.Stopping;
using Nexus.Jobs.Sweeps.Strategies;

namespace Nexus.Jobs.Sweeps;

/// <summary>
/// Moves sweeps on: proposes trials, starts their runs, stops hopeless ones, ends the sweep. What it does follows from the rows alone,
/// so that any node may do it at any time. A trial is written, with its run's id, under the sweep's version, and only then its run is
/// started under that id: two nodes never propose the same trial, and a trial whose process died is started once.
/// </summary>
internal sealed partial class SweepEngine(
    IDbContextFactory<NexusDb> contexts, RunLauncher launcher, IEnumerable<ITrialStrategy> strategies, EarlyStopping stopping,
    IOptions<JobsOptions> jobs, LiveEvents live, TimeProvider time, ILogger<SweepEngine> logger)
{
    /// <summary>After so many runs of which none has the metric, the others would not have it either.</summary>
    private const int FailAfter = 5;
    private readonly ConcurrentDictionary<Guid, string> _told = new();

    /// <returns>How many sweeps are at work.</returns>
    public async Task<int> MoveAllAsync(CancellationToken ct)
    {
        List<Guid> open, abandoned;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            open = await db.Sweeps.Where(s => s.State == SweepState.Running || s.State == SweepState.Paused).OrderBy(s => s.CreatedAt).Select(s => s.Id).ToListAsync(ct);
            abandoned = await (
                from run in db.Runs
                join sweep in db.Sweeps on run.SweepId equals sweep.Id
                where sweep.State == SweepState.Canceled && (run.Status == RunStatus.Queued || run.Status == RunStatus.Running) && run.CancelRequestedAt == null
                select run.Id).ToListAsync(ct);
        }

        foreach (var run in abandoned) await CancelAsync(run, "its sweep was canceled", ct);
        foreach (var sweep in open)
        {
            try
            {
                await MoveAsync(sweep, ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.Failed(logger, failure, sweep); // the others go on, and this one at the next turn
            }
        }

        foreach (var gone in _told.Keys.Except(open)) _told.TryRemove(gone, out _);
        return open.Count;
    }

    public async Task MoveAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Sweeps.FirstOrDefaultAsync(s => s.Id == id, ct) is not { State: SweepState.Running or SweepState.Paused } sweep) return;
        var trials = await TrialRow.ReadAsync(db, sweep, ct);
        await StopHopelessAsync(db, sweep, trials, ct);
        if (sweep.State == SweepState.Running)
        {
            var standing = Standing.Of(trials, sweep.Maximize);
            var fruitless = standing.Best is null && !trials.Exists(t => t.Stopped is not null);
            var added = fruitless && trials.Count(t => t.Ended) >= FailAfter ? [] : Propose(db, sweep, trials);
            if (added.Count == 0 && (fruitless || trials.TrueForAll(t => t.Ended))) End(db, sweep, trials, standing.Best, fruitless);
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException failure)
            {
                Log.Overtaken(logger, failure, id); // another node moved it, or a person: the next turn sees what is now
                return;
            }

            foreach (var (overrides, run) in trials.Where(t => t.Status is null && t.Error is null).Select(t => (t.Overrides, t.RunId)).Concat(added.Select(t => (t.Overrides, t.RunId))))
                await StartAsync(sweep, overrides, run, ct);
        }

        Tell(sweep, trials);
    }

    private List<SweepTrial> Propose(NexusDb db, Sweep sweep, List<TrialRow> trials)
    {
        var space = CanonicalJson.Read<SweepSpace>(sweep.Space);
        var slots = Math.Min(Math.Min(sweep.Parallel, jobs.Value.Workers) - trials.Count(t => t.Open), sweep.MaxTrials - trials.Count);
        var added = new List<SweepTrial>();
        if (slots <= 0) return added;
        var past = trials.ConvertAll(t => new PastTrial(
            Trial.Values(space, t.Overrides), t.Value is { } value ? sweep.Maximize ? -value : value : null, t is { Stopped: not null, Value: null }, t.Open));
        var strategy = strategies.Single(s => s.Kind == sweep.Strategy);
        for (var i = 0; i < slots; i++)
        {
            if (strategy.Propose(space, sweep.Seed, past.Count, past) is not { } values) break;
            added.Add(new() { SweepId = sweep.Id, Index = past.Count, Overrides = CanonicalJson.Write(Trial.Overrides(space, values)), RunId = Ids.New(time) });
            past.Add(new(values, null, Open: true));
        }

        if (added.Count == 0) return added;
        db.SweepTrials.AddRange(added);
        sweep.Version++;
        return added;
    }

    private void End(NexusDb db, Sweep sweep, List<TrialRow> trials, TrialRow? best, bool fruitless)
    {
        var ended = trials.Count(t => t.Ended);
        if (fruitless && ended < trials.Count && ended < FailAfter) return;
        (sweep.State, sweep.EndedAt) = (fruitless ? SweepState.Failed : SweepState.Succeeded, time.GetUtcNow());
        if (fruitless) sweep.Error = Fruitless(sweep, trials, ended);
        sweep.Version++;
        Ledger.Append(db, Actor.System, "sweep.ended", $"sweep/{sweep.Id}", new
        {
            pipeline = sweep.PipelineName,
            number = sweep.Number,
            state = sweep.State.ToString(),
            trials = trials.Count,
            best = best is null ? null : new { run = best.RunId, best.Value, best.Lower, best.Upper },
        });
    }

    private static string Fruitless(Sweep sweep, List<TrialRow> trials, int ended)
    {
        var why = trials.Select(t => t.Error ?? t.RunError).LastOrDefault(e => e is not null);
        var text = $"None of the {ended} runs that ended has the metric '{sweep.Metric}'.{(why is null ? "" : $" The latest reason: {why}")}";
        return text.Length <= 4000 ? text : text[..3999] + "…";
    }

    private async Task StartAsync(Sweep sweep, string overrides, Guid run, CancellationToken ct)
    {
        try
        {
            await launcher.StartAsync(
                sweep.PipelineName, CanonicalJson.Read<string[]>(overrides), sweep.Dataset, new(sweep.CreatedBy, new HashSet<Role> { Role.Engineer }), ct,
                $"sweep {sweep.Number}", run, new(sweep.Id, sweep.Revision, sweep.CreatedAt));
        }
        catch (RefusedException refusal)
        {
            var error = refusal.Message.Length <= 4000 ? refusal.Message : refusal.Message[..3999] + "…";
            await using var db = await contexts.CreateDbContextAsync(ct);
            await db.SweepTrials.Where(t => t.RunId == run && t.Error == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.Error, error), ct);
        }
    }

    private async Task StopHopelessAsync(NexusDb db, Sweep sweep, List<TrialRow> trials, CancellationToken ct)
    {
        foreach (var (index, why) in await stopping.FindAsync(db, sweep, trials, ct))
        {
            var i = trials.FindIndex(t => t.Index == index);
            await db.SweepTrials.Where(t => t.SweepId == sweep.Id && t.Index == index && t.Stopped == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.Stopped, why), ct);
            trials[i] = trials[i] with { Stopped = why };
        }

        // Those of a process too that died between the two.
        foreach (var trial in trials.Where(t => t is { Stopped: not null, CancelRequested: false, Status: RunStatus.Queued or RunStatus.Running }).ToList())
        {
            if (await CancelAsync(trial.RunId, trial.Stopped!, ct)) continue;
            await db.SweepTrials.Where(t => t.SweepId == sweep.Id && t.Index == trial.Index).ExecuteUpdateAsync(t => t.SetProperty(x => x.Stopped, (string?)null), ct);
        }
    }

    /// <returns>False where it had ended before.</returns>
    private async Task<bool> CancelAsync(Guid run, string why, CancellationToken ct)
    {
        try
        {
            await launcher.CancelAsync(run, Actor.System, ct, why);
            return true;
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            return false;
        }
    }

    // Once for each thing that is seen to have changed.
    private void Tell(Sweep sweep, List<TrialRow> trials)
    {
        var (done, best) = (trials.Count(t => t.Ended), Standing.Of(trials, sweep.Maximize).Best);
        var now = $"{sweep.State} {sweep.Version} {done} {trials.Count(t => t.Status == RunStatus.Running)} {best?.RunId}";
        if (_told.TryGetValue(sweep.Id, out var before) && before == now) return;
        _told[sweep.Id] = now;
        var data = new { id = sweep.Id, pipeline = sweep.PipelineName, number = sweep.Number, state = sweep.State.ToString(), done, of = sweep.MaxTrials, best = best?.RunId };
        live.Publish($"sweep:{sweep.Id}", "changed", data);
        live.Publish("sweeps", "moved", data);
    }

    private static partial class Log
    {
        [LoggerMessage(340, LogLevel.Error, "Sweep {SweepId} could not be moved on; it is tried again")]
        public static partial void Failed(ILogger logger, Exception failure, Guid sweepId);

        [LoggerMessage(341, LogLevel.Information, "Sweep {SweepId} was moved on by another meanwhile")]
        public static partial void Overtaken(ILogger logger, Exception failure, Guid sweepId);
    }
}
