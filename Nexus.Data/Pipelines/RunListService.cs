using Microsoft.EntityFrameworkCore;
using Nexus.Data.Pipelines.Filters;
using Nexus.Data.Registry;

namespace Nexus.Data.Pipelines;

/// <summary>Lists and groups runs by filter and order; the cost of a page does not depend on how many runs there are.</summary>
public sealed class RunListService(IDbContextFactory<NexusDb> contexts, RunKeyService keys, TimeProvider time)
{
    private const int MaxGroups = 200;

    /// <exception cref="RefusedException">Invalid, with the column, where the filter is not understood; NotFound: the pipeline.</exception>
    public async Task<Page<RunRow>> ListAsync(RunFilter filter, RunColumns columns, PageRequest page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var runs = await ChosenAsync(db, filter, ct);
        var found = await new RunOrder(db, runs, RunSort.From(filter.Sort)).PageAsync(page, ct);
        return new(await RowsAsync(db, found.Items, columns, ct), found.NextPageToken);
    }

    /// <summary>The largest groups first, 200 at most.</summary>
    /// <param name="by"><c>pipeline</c>, <c>status</c>, <c>by</c>, <c>trigger</c>, <c>sweep</c>, <c>params.KEY</c> or <c>tags.KEY</c>.</param>
    /// <param name="metric">The key of the metric to summarize, or null.</param>
    /// <exception cref="RefusedException">As <see cref="ListAsync"/>; Invalid where it cannot be grouped so.</exception>
    public async Task<IReadOnlyList<RunGroup>> GroupAsync(RunFilter filter, string by, string? metric, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var named = RunGroups.Named(db, await ChosenAsync(db, filter, ct), by);
        var key = metric ?? "";
        var groups =
            from run in named
            join m in db.RunLatestMetrics.Where(m => m.Key == key) on run.Id equals m.RunId into measured
            from m in measured.DefaultIfEmpty()
            group m by run.Group into g
            orderby g.Count() descending, g.Key
            select new RunGroup(g.Key, g.Count(), g.Average(m => (double?)m!.Value), g.Min(m => (double?)m!.Value), g.Max(m => (double?)m!.Value));
        return await groups.Take(MaxGroups).ToListAsync(ct);
    }

    private async Task<IQueryable<Run>> ChosenAsync(NexusDb db, RunFilter filter, CancellationToken ct)
    {
        var runs = db.Runs.AsNoTracking();
        if (filter.Pipeline is { } pipeline)
        {
            var id = await db.Pipelines.Where(p => p.Name == pipeline).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct)
                ?? throw Refused.NotFound("pipeline", pipeline);
            runs = runs.Where(r => r.PipelineId == id);
        }

        if (filter.Status is { } status) runs = runs.Where(r => r.Status == status);
        if (string.IsNullOrWhiteSpace(filter.Text)) return runs;
        var node = await RunFilterParser.ParseAsync(filter.Text, await keys.AllAsync(ct), field => keys.HasAsync(field, ct));
        return node is null ? runs : runs.Where(await new RunPredicates(db, time.GetUtcNow()).OfAsync(node, ct));
    }

    private static async Task<IReadOnlyList<RunRow>> RowsAsync(NexusDb db, IReadOnlyList<RunHead> runs, RunColumns columns, CancellationToken ct)
    {
        var ids = runs.Select(r => r.Id).ToList();
        var summaries = await RunService.SummarizeAsync(db, runs, ct);
        var parameters = columns.Params.Count == 0 ? [] : await db.RunParams.AsNoTracking().Where(p => ids.Contains(p.RunId) && columns.Params.Contains(p.Key)).ToListAsync(ct);
        var metrics = columns.Metrics.Count == 0 ? [] : await db.RunLatestMetrics.AsNoTracking().Where(m => ids.Contains(m.RunId) && columns.Metrics.Contains(m.Key)).ToListAsync(ct);
        var tags = columns.Tags.Count == 0 ? [] : await db.RunTags.AsNoTracking().Where(t => ids.Contains(t.RunId) && columns.Tags.Contains(t.Key)).ToListAsync(ct);
        var (paramsOf, metricsOf, tagsOf) = (parameters.ToLookup(p => p.RunId), metrics.ToLookup(m => m.RunId), tags.ToLookup(t => t.RunId));
        return [.. summaries.Select(run => new RunRow(
            run,
            paramsOf[run.Id].ToDictionary(p => p.Key, p => p.Value),
            metricsOf[run.Id].ToDictionary(m => m.Key, m => new MetricEstimate(m.Value, m.Lower, m.Upper)),
            tagsOf[run.Id].ToDictionary(t => t.Key, t => t.Value)))];
    }
}
