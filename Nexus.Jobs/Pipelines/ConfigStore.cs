using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents.Composing;

namespace Nexus.Jobs.Pipelines;

/// <summary>The configs that are kept, as composing reads them.</summary>
internal sealed class ConfigStore(IDbContextFactory<NexusDb> contexts) : IConfigSource
{
    /// <summary>Of names that a page or a refusal lists.</summary>
    private const int MaxNames = 1000;

    public async Task<ConfigText?> FindAsync(string group, string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var path = $"{group}/{name}";
        return await db.Configs.Where(c => c.Path == path && c.DeletedAt == null)
            .Join(db.ConfigRevisions, c => new { c.Id, c.Revision }, r => new { Id = r.ConfigId, r.Revision }, (c, r) => new ConfigText(c.Group, c.Name, r.Revision, r.Yaml))
            .FirstOrDefaultAsync(ct);
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
