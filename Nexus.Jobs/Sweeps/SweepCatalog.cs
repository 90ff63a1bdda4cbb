using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Sweeps.Strategies;
using Nexus.Jobs.Training.Evaluation;

namespace Nexus.Jobs.Sweeps;

/// <summary>Reads sweeps.</summary>
public sealed class SweepCatalog(IDbContextFactory<NexusDb> contexts, TimeProvider time)
{
    private const int LatestRuns = 10;

    /// <summary>Newest first.</summary>
    /// <param name="pipeline">Null: of all pipelines.</param>
    /// <exception cref="RefusedException">NotFound: the pipeline.</exception>
    public async Task<Page<SweepSummary>> ListAsync(string? pipeline, PageRequest page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var query = db.Sweeps.AsNoTracking();
        if (pipeline is not null)
        {
            var id = await db.Pipelines.Where(p => p.Name == pipeline).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct) ?? throw Refused.NotFound("pipeline", pipeline);
            query = query.Where(s => s.PipelineId == id);
        }

        var sweeps = await query.ToPageAsync(s => s.CreatedAt, s => s.Id, page, ct);
        var ids = sweeps.Items.Select(s => s.Id).ToList();
        var done = await (
            from trial in db.SweepTrials
            where ids.Contains(trial.SweepId)
            join run in db.Runs on trial.RunId equals run.Id
            where run.Status != RunStatus.Queued && run.Status != RunStatus.Running
            group run by trial.SweepId into ended
            select new { ended.Key, Count = ended.Count() }).ToDictionaryAsync(d => d.Key, d => d.Count, ct);
        var best = await (
            from trial in db.SweepTrials
            where ids.Contains(trial.SweepId)
            join sweep in db.Sweeps on trial.SweepId equals sweep.Id
            join metric in db.RunLatestMetrics on new { trial.RunId, Key = sweep.Metric } equals new { metric.RunId, metric.Key }
            join run in db.Runs on trial.RunId equals run.Id
            where metric.Final && run.Status == RunStatus.Succeeded
            group metric by trial.SweepId into measured
            select new { measured.Key, Most = measured.Max(m => m.Value), Least = measured.Min(m => m.Value) }).ToDictionaryAsync(d => d.Key, ct);
        return sweeps.Select(s => new SweepSummary(
            s.Id, s.PipelineName, s.Number, s.State, s.Strategy, s.Metric, s.Maximize, done.GetValueOrDefault(s.Id), s.MaxTrials,
            best.TryGetValue(s.Id, out var ends) ? s.Maximize ? ends.Most : ends.Least : null, s.CreatedAt, s.CreatedBy, s.EndedAt, s.Error));
    }

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<SweepView> GetAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sweep = await FindAsync(db, id, ct);
        return Shape(sweep, await TrialRow.ReadAsync(db, sweep, ct));
    }

    /// <summary>In the order of proposal.</summary>
    /// <exception cref="RefusedException">NotFound; Malformed: the token.</exception>
    public async Task<Page<SweepTrialView>> TrialsAsync(Guid id, PageRequest page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sweep = await FindAsync(db, id, ct);
        var from = 0;
        if (page.Token is not null && (!int.TryParse(Keyset.DecodeText(page.Token), NumberStyles.None, CultureInfo.InvariantCulture, out from) || from == int.MaxValue))
            throw Refused.Malformed("pageToken is not a token of this list.");
        // Best and as good are told among all, of which there are some hundreds at most.
        var all = await TrialRow.ReadAsync(db, sweep, ct);
        var (standing, space) = (Standing.Of(all, sweep.Maximize), CanonicalJson.Read<SweepSpace>(sweep.Space));
        var rows = all.SkipWhile(t => t.Index < from).Take(page.Size + 1).ToList();
        var more = rows.Count > page.Size ? Keyset.EncodeText(rows[page.Size].Index.ToString(CultureInfo.InvariantCulture)) : null;
        return new([.. rows.Take(page.Size).Select(row => SweepTrialView.From(row, Trial.Named(space, row.Overrides), standing))], more);
    }

    /// <summary>The metrics of the pipeline's latest runs that have any, the most telling first; the usual ones where there are none.</summary>
    public async Task<IReadOnlyList<string>> MetricsAsync(string pipeline, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var id = await db.Pipelines.Where(p => p.Name == pipeline).Select(p => p.Id).FirstOrDefaultAsync(ct);
        var latest = await db.Runs.Where(r => r.PipelineId == id).OrderByDescending(r => r.Number).Take(LatestRuns).Select(r => r.Id).ToListAsync(ct);
        var found = await db.RunLatestMetrics.Where(m => latest.Contains(m.RunId) && m.Final).Select(m => m.Key).Distinct().ToListAsync(ct);
        return found.Count == 0 ? MetricNames.All : [.. found.OrderBy(m => Array.IndexOf(MetricNames.All, m) is >= 0 and var i ? i : int.MaxValue).ThenBy(m => m, StringComparer.Ordinal)];
    }

    private static async Task<Sweep> FindAsync(NexusDb db, Guid id, CancellationToken ct) =>
        await db.Sweeps.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw Refused.NotFound("sweep", id);

    private SweepView Shape(Sweep sweep, List<TrialRow> trials)
    {
        var space = CanonicalJson.Read<SweepSpace>(sweep.Space);
        var standing = Standing.Of(trials, sweep.Maximize);
        var combinations = SpacePoints.Count(space);
        int Count(params TrialState[] states) => trials.Count(t => states.Contains(SweepTrialView.StateOf(t)));
        return new(
            sweep.Id, sweep.PipelineName, sweep.Revision, sweep.Number, sweep.State, sweep.Strategy, sweep.Seed, sweep.Metric, sweep.Maximize,
            CanonicalJson.Read<string[]>(sweep.Overrides), [.. space.Dimensions.Select(d => d.Path.TrimStart('+')).Distinct()], sweep.Dataset,
            sweep.MaxTrials, combinations == long.MaxValue ? null : combinations, sweep.Parallel,
            sweep.Stopping is null ? null : CanonicalJson.Read<StoppingRule>(sweep.Stopping),
            trials.Count, trials.Count(t => t.Ended), Count(TrialState.Running), Count(TrialState.Succeeded), Count(TrialState.Stopped), Count(TrialState.Failed, TrialState.Canceled),
            standing.Best is { } best ? SweepTrialView.From(best, Trial.Named(space, best.Overrides), standing) : null,
            [.. trials.Where(t => standing.AsGood.Contains(t.Index)).Select(t => t.Number).OfType<int>().Order()],
            Words(standing), sweep.State == SweepState.Running ? Remaining(sweep, trials) : null, Curve(trials, sweep.Maximize),
            sweep.CreatedAt, sweep.CreatedBy, sweep.EndedAt, sweep.Error);
    }

    private static string? Words(Standing standing) => standing.Compared == 0 ? null :
        $"A run counts as good as the best where chance alone makes such a difference between two runs, by their 95 % intervals, at 5 %{(standing.Compared == 1 ? "" : $" over all {standing.Compared} comparisons")}. "
        + "The best of many looks better than it is: measure it again on rows that chose nothing.";

    // The time that its finished runs took, for those that are left, as many at a time as it may.
    private double? Remaining(Sweep sweep, List<TrialRow> trials)
    {
        var took = trials.Where(t => t is { Ended: true, StartedAt: not null, EndedAt: not null }).Select(t => (t.EndedAt!.Value - t.StartedAt!.Value).TotalSeconds).ToList();
        if (took.Count == 0) return null;
        var each = took.Average();
        var left = ((sweep.MaxTrials - trials.Count(t => t.Ended)) * each)
            - trials.Where(t => t is { Status: RunStatus.Running, StartedAt: not null }).Sum(t => Math.Min(each, (time.GetUtcNow() - t.StartedAt!.Value).TotalSeconds));
        return Math.Round(Math.Max(0, left) / sweep.Parallel, 1);
    }

    private static List<SweepProgress> Curve(List<TrialRow> trials, bool maximize)
    {
        var curve = new List<SweepProgress>();
        foreach (var trial in trials.Where(t => t is { Status: RunStatus.Succeeded, Value: not null }).OrderBy(t => t.EndedAt).ThenBy(t => t.Index))
        {
            var value = trial.Value!.Value;
            var best = curve.Count == 0 ? value : maximize ? Math.Max(curve[^1].Best, value) : Math.Min(curve[^1].Best, value);
            curve.Add(new(curve.Count + 1, trial.Number, value, best));
        }

        return curve;
    }
}
