using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Nexus.Data.Agents;

namespace Nexus.Data.Search;

/// <summary>Agents by name, description and the model that they follow.</summary>
internal sealed class AgentSource : ISearchSource
{
    public string Kind => SearchKinds.Agent;

    public Guid? Touched(EntityEntry entry) => entry.Entity is Agent agent && entry.Moved(nameof(Agent.Description), nameof(Agent.ModelName)) ? agent.Id : null;

    public IQueryable<Guid> Ids(NexusDb db) => db.Agents.OrderBy(a => a.Id).Select(a => a.Id);

    public async Task<List<SearchDocument>> ReadAsync(NexusDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.Agents.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name, a.Description, a.ModelName, a.CreatedAt }).ToListAsync(ct);
        return rows.ConvertAll(row => new SearchDocument(row.Id, $"agent/{row.Name}", row.Name, row.CreatedAt, [row.Description, $"follows {row.ModelName}"]));
    }
}
