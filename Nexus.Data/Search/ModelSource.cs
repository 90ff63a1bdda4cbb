using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Nexus.Data.Registry;

namespace Nexus.Data.Search;

/// <summary>Models by name, description, tags and aliases.</summary>
internal sealed class ModelSource : ISearchSource
{
    public string Kind => SearchKinds.Model;

    public Guid? Touched(EntityEntry entry) => entry.Entity switch
    {
        Model model when entry.Moved(nameof(Model.Description), nameof(Model.Tags)) => model.Id,
        ModelAlias alias when entry.State != EntityState.Unchanged => alias.ModelId,
        _ => null,
    };

    public IQueryable<Guid> Ids(NexusDb db) => db.Models.OrderBy(m => m.Id).Select(m => m.Id);

    public async Task<List<SearchDocument>> ReadAsync(NexusDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.Models.AsNoTracking().Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.Name, m.Description, m.Tags, m.CreatedAt }).ToListAsync(ct);
        var aliases = (await db.ModelAliases.AsNoTracking().Where(a => ids.Contains(a.ModelId)).OrderBy(a => a.Alias).ToListAsync(ct)).ToLookup(a => a.ModelId, a => $"{a.Alias} is version {a.Version}");
        return rows.ConvertAll(row => new SearchDocument(row.Id, $"model/{row.Name}", row.Name, row.CreatedAt, [row.Description, .. aliases[row.Id], .. SearchWords.Tags(row.Tags)]));
    }
}
