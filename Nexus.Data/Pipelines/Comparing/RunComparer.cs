using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Pipelines.Comparing;

/// <summary>Reads runs to be compared, up to a hundred, in a fixed number of queries.</summary>
public sealed class RunComparer(IDbContextFactory<NexusDb> contexts, RunListService lists)
{
    public const int MaxRuns = 100;

    /// <exception cref="RefusedException">NotFound: a run; Invalid: too many, or a filter that is not understood.</exception>
    public async Task<RunComparison> ReadAsync(RunSelection selection, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (ids, more) = await IdsAsync(db, selection, ct);
        var rows = await db.Runs.AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct);
        if (selection.Ids is not null && ids.Find(id => rows.TrueForAll(r => r.Id != id)) is var missing && missing != Guid.Empty) throw Refused.NotFound("run", missing);
        var summaries = await RunService.SummarizeAsync(db, [.. rows.Select(RankedHead.Of)], ct);
        var parameters = (await db.RunParams.AsNoTracking().Where(p => ids.Contains(p.RunId)).ToListAsync(ct)).ToLookup(p => p.RunId);
        var tags = (await db.RunTags.AsNoTracking().Where(t => ids.Contains(t.RunId)).ToListAsync(ct)).ToLookup(t => t.RunId);
        var curves = await db.RunLatestMetrics.Where(m => ids.Contains(m.RunId) && !m.Final).GroupBy(m => m.Key).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var runs = rows.Zip(summaries).OrderBy(pair => ids.IndexOf(pair.First.Id)).Select(pair => new ComparedRun(
            pair.Second,
            parameters[pair.First.Id].ToDictionary(p => p.Key, p => p.Value),
            ComparedRun.Flatten(JsonNode.Parse(pair.First.Composed), "."),
            ComparedRun.Flatten(JsonNode.Parse(pair.First.Environment), "/"),
            tags[pair.First.Id].ToDictionary(t => t.Key, t => t.Value))).ToList();
        var keys = runs.SelectMany(run => run.Params.Keys).Distinct().Order(StringComparer.Ordinal).ToLookup(key => runs.Select(run => run.Params.GetValueOrDefault(key)).Distinct().Count() > 1);
        return new(runs, [.. keys[true]], [.. keys[false]], [.. curves.OrderByDescending(c => c.Count).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key)], more);
    }

    private async Task<(List<Guid> Ids, bool More)> IdsAsync(NexusDb db, RunSelection selection, CancellationToken ct)
    {
        if (selection.Ids is { } named)
        {
            var ids = named.Distinct().ToList();
            return ids.Count <= MaxRuns ? (ids, false) : throw Refused.Invalid("runs", $"At most {MaxRuns} runs are compared at once.");
        }

        if (selection.Sweep is { } sweep)
        {
            var trials = await TrialsAsync(db, sweep, ct);
            return ([.. trials.Take(MaxRuns)], trials.Count > MaxRuns);
        }

        var page = await lists.ListAsync(selection.Filter ?? new(), RunColumns.None, new(MaxRuns), ct);
        return ([.. page.Items.Select(row => row.Summary.Id)], page.NextPageToken is not null);
    }

    // The best first, so that of a large sweep none of them is cut off; those that did not succeed last.
    private static async Task<List<Guid>> TrialsAsync(NexusDb db, Guid id, CancellationToken ct)
    {
        var sweep = await db.Sweeps.Where(s => s.Id == id).Select(s => new { s.Metric, s.Maximize }).FirstOrDefaultAsync(ct) ?? throw Refused.NotFound("sweep", id);
        var sign = sweep.Maximize ? -1.0 : 1.0;
        var ranked =
            from run in db.Runs
            where run.SweepId == id
            join m in db.RunLatestMetrics.Where(m => m.Key == sweep.Metric && m.Final) on run.Id equals m.RunId into measured
            from m in measured.DefaultIfEmpty()
            let rank = m != null && run.Status == RunStatus.Succeeded ? sign * m.Value : (double?)null
            orderby rank == null ? 1 : 0, rank, run.Number
            select run.Id;
        return await ranked.Take(MaxRuns + 1).ToListAsync(ct);
    }
}
