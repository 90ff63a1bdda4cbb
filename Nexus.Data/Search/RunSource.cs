using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Nexus.Data.Pipelines;

namespace Nexus.Data.Search;

/// <summary>Runs by pipeline and number, note and tags.</summary>
internal sealed class RunSource : ISearchSource
{
    public string Kind => SearchKinds.Run;

    public Guid? Touched(EntityEntry entry) => entry.Entity switch
    {
        Run run when entry.Moved(nameof(Run.Note)) => run.Id,
        RunTag tag when entry.State != EntityState.Unchanged => tag.RunId,
        _ => null,
    };

    public IQueryable<Guid> Ids(NexusDb db) => db.Runs.OrderBy(r => r.Id).Select(r => r.Id);

    public async Task<List<SearchDocument>> ReadAsync(NexusDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.Runs.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.PipelineName, r.Number, r.Note, r.CreatedAt }).ToListAsync(ct);
        var tags = (await db.RunTags.AsNoTracking().Where(t => ids.Contains(t.RunId)).OrderBy(t => t.Key).ToListAsync(ct)).ToLookup(t => t.RunId, t => $"{t.Key}: {t.Value}");
        return rows.ConvertAll(row => new SearchDocument(row.Id, $"run/{row.Id}", $"{row.PipelineName} #{row.Number}", row.CreatedAt, [row.Note, .. tags[row.Id]]));
    }
}
