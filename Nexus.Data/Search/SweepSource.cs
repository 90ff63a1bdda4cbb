using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Nexus.Data.Sweeps;

namespace Nexus.Data.Search;

/// <summary>Sweeps by pipeline and number, by what they vary, what is to be best and what they read; nothing of that changes.</summary>
internal sealed class SweepSource : ISearchSource
{
    public string Kind => SearchKinds.Sweep;

    public Guid? Touched(EntityEntry entry) => entry is { Entity: Sweep sweep, State: EntityState.Added } ? sweep.Id : null;

    public IQueryable<Guid> Ids(NexusDb db) => db.Sweeps.OrderBy(s => s.Id).Select(s => s.Id);

    public async Task<List<SearchDocument>> ReadAsync(NexusDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.Sweeps.AsNoTracking().Where(s => ids.Contains(s.Id))
            .Select(s => new { s.Id, s.PipelineName, s.Number, s.Metric, s.Dataset, s.Strategy, s.Overrides, s.CreatedAt }).ToListAsync(ct);
        return rows.ConvertAll(row => new SearchDocument(
            row.Id, $"sweep/{row.Id}", $"{row.PipelineName} sweep {row.Number}", row.CreatedAt,
            [row.Metric, row.Dataset ?? "", row.Strategy.ToString(), .. CanonicalJson.Read<string[]>(row.Overrides)]));
    }
}
