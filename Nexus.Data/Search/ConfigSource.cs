using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Nexus.Data.Pipelines;

namespace Nexus.Data.Search;

/// <summary>Configs by group and name; those that were deleted are kept for their runs, and not found.</summary>
internal sealed class ConfigSource : ISearchSource
{
    public string Kind => SearchKinds.Config;

    public Guid? Touched(EntityEntry entry) => entry.Entity is Config config && entry.Moved(nameof(Config.DeletedAt)) ? config.Id : null;

    public IQueryable<Guid> Ids(NexusDb db) => db.Configs.Where(c => c.DeletedAt == null).OrderBy(c => c.Id).Select(c => c.Id);

    public async Task<List<SearchDocument>> ReadAsync(NexusDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.Configs.AsNoTracking().Where(c => ids.Contains(c.Id) && c.DeletedAt == null).Select(c => new { c.Id, c.Group, c.Name, c.CreatedAt }).ToListAsync(ct);
        return rows.ConvertAll(row => new SearchDocument(row.Id, $"config/{row.Group}/{row.Name}", $"{row.Group}/{row.Name}", row.CreatedAt));
    }
}
