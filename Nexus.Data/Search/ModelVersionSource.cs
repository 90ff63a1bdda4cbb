using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Nexus.Data.Registry;

namespace Nexus.Data.Search;

/// <summary>Model versions by name and number, description and tags.</summary>
internal sealed class ModelVersionSource : ISearchSource
{
    public string Kind => SearchKinds.ModelVersion;

    public Guid? Touched(EntityEntry entry) =>
        entry.Entity is ModelVersion version && entry.Moved(nameof(ModelVersion.Description), nameof(ModelVersion.Tags)) ? version.Id : null;

    public IQueryable<Guid> Ids(NexusDb db) => db.ModelVersions.OrderBy(v => v.Id).Select(v => v.Id);

    public async Task<List<SearchDocument>> ReadAsync(NexusDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.ModelVersions.AsNoTracking().Where(v => ids.Contains(v.Id))
            .Select(v => new { v.Id, v.ModelName, v.Version, v.Description, v.Tags, v.CreatedAt }).ToListAsync(ct);
        return rows.ConvertAll(row => new SearchDocument(
            row.Id, $"model/{row.ModelName}@{row.Version}", $"{row.ModelName} {row.Version}", row.CreatedAt, [row.Description, .. SearchWords.Tags(row.Tags)]));
    }
}
