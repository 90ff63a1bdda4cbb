using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Nexus.Data.Datasets;

namespace Nexus.Data.Search;

/// <summary>Datasets by name and description, and by the file and the columns of their newest version.</summary>
internal sealed class DatasetSource : ISearchSource
{
    public string Kind => SearchKinds.Dataset;

    public Guid? Touched(EntityEntry entry) => entry.Entity switch
    {
        Dataset dataset when entry.Moved(nameof(Dataset.Description)) => dataset.Id,
        DatasetVersion version when entry.State == EntityState.Added => version.DatasetId,
        _ => null,
    };

    public IQueryable<Guid> Ids(NexusDb db) => db.Datasets.OrderBy(d => d.Id).Select(d => d.Id);

    public async Task<List<SearchDocument>> ReadAsync(NexusDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await (
            from dataset in db.Datasets.AsNoTracking()
            where ids.Contains(dataset.Id)
            from version in db.DatasetVersions.Where(v => v.DatasetId == dataset.Id && v.Version == dataset.LatestVersion).DefaultIfEmpty()
            select new { dataset.Id, dataset.Name, dataset.Description, dataset.CreatedAt, Source = version == null ? "" : version.Source, Columns = version == null ? "[]" : version.Columns })
            .ToListAsync(ct);
        return rows.ConvertAll(row => new SearchDocument(
            row.Id, $"dataset/{row.Name}", row.Name, row.CreatedAt,
            [row.Description, row.Source, string.Join(", ", CanonicalJson.Read<List<DatasetColumn>>(row.Columns).Select(column => column.Name))]));
    }
}
