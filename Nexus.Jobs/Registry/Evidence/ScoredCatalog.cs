using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Evidence;

/// <summary>Where a version was measured with every row's answer kept: by its evaluation, and by explanations over other rows.</summary>
internal sealed class ScoredCatalog(IDbContextFactory<NexusDb> contexts)
{
    /// <returns>Its own evaluation first, then explanations, the newest first.</returns>
    public async Task<IReadOnlyList<ScoredSource>> FindAsync(string model, int version, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.ModelVersions.AsNoTracking().Where(v => v.ModelName == model && v.Version == version)
            .Select(v => new { v.Evaluation }).FirstOrDefaultAsync(ct) ?? throw Refused.NotFound("model version", $"{model}@{version}");
        var sources = new List<ScoredSource>();
        if (found.Evaluation is { } json && CanonicalJson.Read<EvaluationReport>(json) is { Scores: { } scores, RowsDigest: { } rows } report)
            sources.Add(new(rows, scores, null, report.Metrics));
        var explained = await db.ModelExplanations.AsNoTracking()
            .Where(e => e.ModelName == model && e.Version == version && e.State == ExplanationState.Succeeded && e.Scores != null)
            .OrderByDescending(e => e.CreatedAt).Select(e => new { e.RowsDigest, e.Label, e.Scores, e.Metrics }).ToListAsync(ct);
        sources.AddRange(explained.Select(e => new ScoredSource(e.RowsDigest, e.Scores!, e.Label, CanonicalJson.Read<SortedDictionary<string, MetricEstimate>>(e.Metrics!))));
        return sources;
    }
}
