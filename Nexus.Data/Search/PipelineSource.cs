using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Nexus.Data.Pipelines;

namespace Nexus.Data.Search;

/// <summary>Pipelines by name and description.</summary>
internal sealed class PipelineSource : ISearchSource
{
    public string Kind => SearchKinds.Pipeline;

    public Guid? Touched(EntityEntry entry) => entry.Entity is Pipeline pipeline && entry.Moved(nameof(Pipeline.Description)) ? pipeline.Id : null;

    public IQueryable<Guid> Ids(NexusDb db) => db.Pipelines.OrderBy(p => p.Id).Select(p => p.Id);

    public async Task<List<SearchDocument>> ReadAsync(NexusDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.Pipelines.AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name, p.Description, p.CreatedAt }).ToListAsync(ct);
        return rows.ConvertAll(row => new SearchDocument(row.Id, $"pipeline/{row.Name}", row.Name, row.CreatedAt, [row.Description]));
    }
}
