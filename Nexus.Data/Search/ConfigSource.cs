using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Nexus.Data.Pipelines;

namespace Nexus.Data.Search;

/// <summary>Configs by group and name.</summary>
internal sealed class ConfigSource : ISearchSource
{
    public string Kind => SearchKinds.Config;

    public Guid? Touched(EntityEntry entry) => entry is { Entity: Config config, State: EntityState.Added } ? config.Id : null;

    public IQueryable<Guid> Ids(NexusDb db) => db.Configs.OrderBy(c => c.Id).Select(c => c.Id);

    public async Task<List<SearchDocument>> ReadAsync(NexusDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.Configs.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Group, c.Name, c.CreatedAt }).ToListAsync(ct);
        return rows.ConvertAll(row => new SearchDocument(row.Id, $"config/{row.Group}/{row.Name}", $"{row.Group}/{row.Name}", row.CreatedAt));
    }
}
