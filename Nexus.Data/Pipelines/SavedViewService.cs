using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Storage;

namespace Nexus.Data.Pipelines;

/// <summary>Arrangements of the list of runs that everybody can open by name.</summary>
public sealed class SavedViewService(IDbContextFactory<NexusDb> contexts, TimeProvider time)
{
    /// <summary>By name.</summary>
    public async Task<Page<SavedViewItem>> ListAsync(PageRequest page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var views = await db.SavedViews.AsNoTracking().ToPageByNameAsync(v => v.Name, page, ct);
        return views.Select(v => new SavedViewItem(v.Name, v.Query, v.CreatedAt, v.CreatedBy));
    }

    /// <returns>Null where there is none of that name.</returns>
    public async Task<SavedViewItem?> FindAsync(string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.SavedViews.Where(v => v.Name == name).Select(v => new SavedViewItem(v.Name, v.Query, v.CreatedAt, v.CreatedBy)).FirstOrDefaultAsync(ct);
    }

    /// <returns>Whether it is new.</returns>
    /// <exception cref="RefusedException">Invalid: name or query.</exception>
    public async Task<bool> PutAsync(string name, string? query, Actor actor, CancellationToken ct)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        if (name.Length is 0 or > 100 || name.Any(char.IsControl) || name != name.Trim()) throw Refused.Invalid("name", "A view's name has 1 to 100 characters, none at its ends a space.");
        if (query is null || query.Length > 4000 || query.Any(char.IsControl)) throw Refused.Invalid("query", "A view's query has at most 4,000 characters.");
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var view = await db.SavedViews.FirstOrDefaultAsync(v => v.Name == name, ct);
            if (view is null) db.SavedViews.Add(new() { Id = Ids.New(time), Name = name, Query = query, CreatedAt = time.GetUtcNow(), CreatedBy = actor.Name });
            else view.Query = query;
            Ledger.Append(db, actor, "view.saved", $"view/{name}", new { query });
            try
            {
                await db.SaveChangesAsync(ct);
                return view is null;
            }
            catch (DbUpdateException failure) when (UniqueViolation.Is(failure))
            {
                // Somebody else made it at the same time: now it is changed.
            }
        }
    }

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task DeleteAsync(string name, Actor actor, CancellationToken ct)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var view = await db.SavedViews.FirstOrDefaultAsync(v => v.Name == name, ct) ?? throw Refused.NotFound("view", name);
        db.SavedViews.Remove(view);
        Ledger.Append(db, actor, "view.deleted", $"view/{name}", new { view.Query });
        await db.SaveChangesAsync(ct);
    }
}
