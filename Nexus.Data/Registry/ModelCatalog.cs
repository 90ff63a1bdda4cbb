using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Registry;

/// <summary>Reads the registry.</summary>
public sealed class ModelCatalog(IDbContextFactory<NexusDb> contexts)
{
    /// <summary>Models by name.</summary>
    public async Task<Page<ModelView>> ListAsync(PageRequest request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var page = await db.Models.AsNoTracking().ToPageByNameAsync(m => m.Name, request, ct);
        return new(await ViewsAsync(db, page.Items, ct), page.NextPageToken);
    }

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<ModelView> GetAsync(string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var model = await db.Models.AsNoTracking().SingleOrDefaultAsync(m => m.Name == name, ct) ?? throw Refused.NotFound("model", name);
        return (await ViewsAsync(db, [model], ct))[0];
    }

    /// <summary>A model's versions, newest first.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<Page<ModelVersionView>> VersionsAsync(string name, PageRequest request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var model = await db.Models.AsNoTracking().SingleOrDefaultAsync(m => m.Name == name, ct) ?? throw Refused.NotFound("model", name);
        var before = request.Token is null ? int.MaxValue : ParseToken(request.Token);
        var rows = await db.ModelVersions.AsNoTracking().Where(v => v.ModelId == model.Id && v.Version < before)
            .OrderByDescending(v => v.Version).Take(request.Size + 1).ToListAsync(ct);
        var more = rows.Count > request.Size;
        if (more) rows.RemoveAt(request.Size);
        var next = more ? Keyset.EncodeText(rows[^1].Version.ToString()) : null;
        return new(await ViewsAsync(db, rows, ct), next);
    }

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<ModelVersionView> GetVersionAsync(string name, int number, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var version = await FindAsync(db, name, number, ct);
        return (await ViewsAsync(db, [version], ct))[0];
    }

    /// <summary>The version that an alias names.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<ModelVersionView> GetByAliasAsync(string name, string alias, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var number = await (from a in db.ModelAliases join m in db.Models on a.ModelId equals m.Id where m.Name == name && a.Alias == alias select (int?)a.Version)
            .SingleOrDefaultAsync(ct) ?? throw Refused.NotFound("alias", $"{name}@{alias}");
        return (await ViewsAsync(db, [await FindAsync(db, name, number, ct)], ct))[0];
    }

    /// <summary>The version's evaluation as JSON; null for one that came without.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<string?> EvaluationAsync(string name, int number, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await FindAsync(db, name, number, ct)).Evaluation;
    }

    private static async Task<ModelVersion> FindAsync(NexusDb db, string name, int number, CancellationToken ct) =>
        await (from v in db.ModelVersions.AsNoTracking()
               join m in db.Models on v.ModelId equals m.Id
               where m.Name == name && v.Version == number
               select v).SingleOrDefaultAsync(ct)
        ?? throw Refused.NotFound("model version", $"{name}@{number}");

    private static int ParseToken(string token) =>
        int.TryParse(Keyset.DecodeText(token), out var number) ? number : throw Refused.Malformed("pageToken is not a token of this list.");

    private static async Task<List<ModelVersionView>> ViewsAsync(NexusDb db, IReadOnlyList<ModelVersion> versions, CancellationToken ct)
    {
        var models = versions.Select(v => v.ModelId).Distinct().ToList();
        var aliases = (await db.ModelAliases.AsNoTracking().Where(a => models.Contains(a.ModelId)).OrderBy(a => a.Alias).ToListAsync(ct))
            .ToLookup(a => (a.ModelId, a.Version), a => a.Alias);
        return [.. versions.Select(v => ModelVersionView.From(v, aliases[(v.ModelId, v.Version)]))];
    }

    private static async Task<List<ModelView>> ViewsAsync(NexusDb db, IReadOnlyList<Model> models, CancellationToken ct)
    {
        var ids = models.Select(m => m.Id).ToList();
        var names = models.Select(m => m.Name).ToList();
        var counts = await db.ModelVersions.Where(v => ids.Contains(v.ModelId)).GroupBy(v => v.ModelId)
            .Select(g => new { Model = g.Key, Count = g.Count(), Newest = g.Max(v => v.Version) }).ToDictionaryAsync(g => g.Model, ct);
        var agents = (await db.Agents.AsNoTracking().Where(a => names.Contains(a.ModelName)).OrderBy(a => a.Name)
            .Select(a => new { a.ModelName, a.Name }).ToListAsync(ct)).ToLookup(a => a.ModelName, a => a.Name);
        var shown = await db.ModelVersions.AsNoTracking()
            .Where(v => ids.Contains(v.ModelId) && (v.Stage == Stage.Production || v.Version == db.ModelVersions.Where(x => x.ModelId == v.ModelId).Max(x => x.Version)))
            .ToListAsync(ct);
        var views = (await ViewsAsync(db, shown, ct)).ToDictionary(v => (v.Model, v.Version));
        return [.. models.Select(m => new ModelView(
            m.Name,
            m.Description,
            CanonicalJson.Read<SortedDictionary<string, string>>(m.Tags),
            m.LatestVersion,
            m.ProductionVersion,
            m.CreatedAt,
            m.CreatedBy,
            counts.TryGetValue(m.Id, out var count) ? count.Count : 0,
            count is null ? null : views.GetValueOrDefault((m.Name, count.Newest)),
            m.ProductionVersion is { } serving ? views.GetValueOrDefault((m.Name, serving)) : null,
            [.. agents[m.Name]]))];
    }
}
