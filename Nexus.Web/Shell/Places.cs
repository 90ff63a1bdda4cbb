using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Datasets;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;

namespace Nexus.Web.Shell;

/// <summary>All that has a name and a page: rooms, agents, models, pipelines, datasets.</summary>
public sealed class Places(
    IDbContextFactory<NexusDb> contexts, AuthenticationStateProvider authentication, IAuthorizationService authorization)
{
    private const int PerKind = 6;

    public async Task<IReadOnlyList<Place>> FindAsync(string query, CancellationToken ct)
    {
        var text = query.Trim().ToLowerInvariant();
        var found = new List<Place>();
        var me = (await authentication.GetAuthenticationStateAsync()).User;
        foreach (var room in Room.All.Where(room => room.Name.Contains(text, StringComparison.OrdinalIgnoreCase)))
        {
            if ((await authorization.AuthorizeAsync(me, room.Policy)).Succeeded) found.Add(new(room.Name, "room", "/" + room.Href));
        }

        if (text.Length == 0) return found;
        await using var db = await contexts.CreateDbContextAsync(ct);
        found.AddRange(await NamedAsync(db.Set<Agent>().Select(a => a.Name), "agent", "/agents/"));
        found.AddRange(await NamedAsync(db.Set<Model>().Select(m => m.Name), "model", "/models/"));
        found.AddRange(await NamedAsync(db.Set<Pipeline>().Select(p => p.Name), "pipeline", "/pipelines/"));
        found.AddRange(await NamedAsync(db.Set<Dataset>().Select(d => d.Name), "dataset", "/datasets/"));
        return found;

        async Task<IEnumerable<Place>> NamedAsync(IQueryable<string> names, string kind, string path) =>
            (await names.Where(name => name.Contains(text)).OrderBy(name => name).Take(PerKind).ToListAsync(ct)).Select(name => new Place(name, kind, path + name));
    }
}
