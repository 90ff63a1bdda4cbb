using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Lineage;

/// <summary>What uses a thing now, as its page names it. Told of the newest runs alone, so that it costs the same whatever happened before.</summary>
public sealed class UseService(IDbContextFactory<NexusDb> contexts)
{
    private const int Newest = 200;

    /// <summary>The pipelines whose runs read it, the newest version of each model that learnt from it, and the agents that serve one of those.</summary>
    /// <returns>Subjects: <c>pipeline/elec2</c>, <c>model/elec2@3</c>, <c>agent/price</c>.</returns>
    public async Task<IReadOnlyList<string>> OfDatasetAsync(string name, int version, CancellationToken ct)
    {
        var subject = new LineageSubject("dataset", name, version).ToString();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var edges = db.LineageEdges.AsNoTracking();
        // A run's id is ordered by its time.
        var runs = await edges.Where(e => e.From == subject && e.Relation == "read").OrderByDescending(e => e.To).Select(e => e.To).Take(Newest).ToListAsync(ct);
        var pipelines = await edges.Where(e => runs.Contains(e.To) && e.Relation == "ran").Select(e => e.From).Distinct().ToListAsync(ct);
        var made = await edges.Where(e => (runs.Contains(e.From) || e.From == subject) && e.Relation == "made").Select(e => e.To).Distinct().ToListAsync(ct);
        var versions = made.Select(LineageSubject.Of).Where(s => s is { Kind: "model", Number: not null }).ToList();
        var models = versions.Select(v => v.Name).Distinct().ToList();
        var agents = await db.Agents.AsNoTracking().Where(a => models.Contains(a.ModelName)).Select(a => new { a.Name, a.ModelName, a.ServedVersion }).ToListAsync(ct);
        return
        [
            .. pipelines.Select(p => LineageSubject.Of(p).Name).Distinct().Order(StringComparer.Ordinal).Select(p => $"pipeline/{p}"),
            .. versions.GroupBy(v => v.Name).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.MaxBy(v => v.Number).ToString()),
            .. agents.Where(a => versions.Exists(v => v.Name == a.ModelName && v.Number == a.ServedVersion)).Select(a => a.Name).Order(StringComparer.Ordinal).Select(a => $"agent/{a}"),
        ];
    }

    /// <summary>The models that its runs made, and the agents that follow one of them.</summary>
    /// <returns>Subjects: <c>model/elec2</c>, <c>agent/price</c>.</returns>
    public async Task<IReadOnlyList<string>> OfPipelineAsync(string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var made = await (
            from pipeline in db.Pipelines
            join run in db.Runs on pipeline.Id equals run.PipelineId
            where pipeline.Name == name
            orderby run.CreatedAt descending
            select run.ModelName).Take(Newest).ToListAsync(ct);
        var models = made.OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        var agents = await db.Agents.Where(a => models.Contains(a.ModelName)).OrderBy(a => a.Name).Select(a => a.Name).ToListAsync(ct);
        return [.. models.Select(m => $"model/{m}"), .. agents.Select(a => $"agent/{a}")];
    }
}
