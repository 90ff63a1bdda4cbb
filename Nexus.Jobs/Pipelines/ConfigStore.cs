using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents.Composing;

namespace Nexus.Jobs.Pipelines;

/// <summary>The configs that are kept, as composing reads them.</summary>
/// <param name="contexts">Where they are kept.</param>
/// <param name="at">Their texts as they were then; null: the newest.</param>
internal sealed class ConfigStore(IDbContextFactory<NexusDb> contexts, DateTimeOffset? at = null) : IConfigSource
{
    /// <summary>Of names that a page or a refusal lists.</summary>
    private const int MaxNames = 1000;

    public async Task<ConfigText?> FindAsync(string group, string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var path = $"{group}/{name}";
        var config = db.Configs.Where(c => c.Path == path && (c.DeletedAt == null || (at != null && c.DeletedAt > at)));
        return await (
            from c in config
            join r in db.ConfigRevisions on c.Id equals r.ConfigId
            where at == null ? r.Revision == c.Revision : r.CreatedAt <= at
            orderby r.Revision descending
            select new ConfigText(c.Group, c.Name, r.Revision, r.Yaml)).FirstOrDefaultAsync(ct);
    }

    public async Task<IReadOnlyList<string>> OptionsAsync(string group, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Configs.Where(c => c.Group == group && c.DeletedAt == null).OrderBy(c => c.Name).Select(c => c.Name).Take(MaxNames).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<string>> GroupsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Configs.Where(c => c.DeletedAt == null).Select(c => c.Group).Distinct().OrderBy(g => g).Take(MaxNames).ToListAsync(ct);
    }
}
