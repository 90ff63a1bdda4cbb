using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Registry;

/// <summary>Reads what is known of why versions answer as they do.</summary>
public sealed class ExplanationCatalog(IDbContextFactory<NexusDb> contexts)
{
    /// <summary>A version's explanations, newest first, without their results.</summary>
    public async Task<Page<ExplanationView>> ListAsync(string model, int version, PageRequest page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await DemandVersionAsync(db, model, version, ct);
        var rows = await db.ModelExplanations.AsNoTracking().Where(e => e.ModelName == model && e.Version == version).ToPageAsync(e => e.CreatedAt, e => e.Id, page, ct);
        return rows.Select(e => View(e) with { Result = null });
    }

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<ExplanationView> GetAsync(string model, int version, Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return View(await db.ModelExplanations.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.ModelName == model && e.Version == version, ct)
            ?? throw Refused.NotFound("explanation", id));
    }

    /// <summary>The newest that has a result, and whether another is under way; both null where none was asked for.</summary>
    public async Task<(ExplanationView? Newest, ExplanationView? Pending)> NewestAsync(string model, int version, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var all = db.ModelExplanations.AsNoTracking().Where(e => e.ModelName == model && e.Version == version);
        var done = await all.Where(e => e.State == ExplanationState.Succeeded).OrderByDescending(e => e.CreatedAt).FirstOrDefaultAsync(ct);
        var latest = await all.Where(e => e.State != ExplanationState.Succeeded).OrderByDescending(e => e.CreatedAt).FirstOrDefaultAsync(ct);
        return (done is null ? null : View(done), latest is null || latest.CreatedAt < done?.CreatedAt ? null : View(latest));
    }

    /// <exception cref="RefusedException">NotFound.</exception>
    public static async Task DemandVersionAsync(NexusDb db, string model, int version, CancellationToken ct)
    {
        if (!await db.ModelVersions.AnyAsync(v => v.ModelName == model && v.Version == version, ct))
            throw Refused.NotFound("model version", $"{model}@{version}");
    }

    private static ExplanationView View(ModelExplanation e) => new(
        e.Id, e.ModelName, e.Version, e.State, e.RowsAre, e.Label, e.Progress, e.Error, e.CreatedBy, e.CreatedAt, e.EndedAt,
        e.Metrics is null ? null : CanonicalJson.Read<SortedDictionary<string, MetricEstimate>>(e.Metrics),
        e.Result is null ? null : CanonicalJson.Read<ExplanationResult>(e.Result));
}
