using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Search;

/// <summary>Keeps the entries up with the things: every save passes here, so that no service has to remember it.</summary>
public static class SearchIndex
{
    private const int Chunk = 500;

    internal static IReadOnlyList<ISearchSource> Sources { get; } =
        [new DatasetSource(), new PipelineSource(), new ConfigSource(), new RunSource(), new SweepSource(), new ModelSource(), new ModelVersionSource(), new AgentSource()];

    /// <summary>
    /// For words that were changed past the context (<c>ExecuteUpdate</c>): call it in the same transaction. A thing that was
    /// deleted loses its entry by itself.
    /// </summary>
    /// <param name="kind">One of <see cref="SearchKinds"/>.</param>
    public static async Task RefreshAsync(NexusDb db, string kind, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var source = Sources.Single(s => s.Kind == kind);
        foreach (var some in ids.Distinct().Chunk(Chunk)) await WriteAsync(db, source, some, ct);
    }

    /// <summary>The things whose words the next save changes; detects changes.</summary>
    internal static List<(ISearchSource Source, Guid Id)> Touched(NexusDb db)
    {
        var touched = new HashSet<(ISearchSource, Guid)>();
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached) continue;
            foreach (var source in Sources)
            {
                if (source.Touched(entry) is { } id) touched.Add((source, id));
            }
        }

        return [.. touched];
    }

    /// <summary>Saves, and writes the entries within the same transaction.</summary>
    internal static async Task<int> SaveAsync(NexusDb db, List<(ISearchSource Source, Guid Id)> touched, Func<Task<int>> save, CancellationToken ct)
    {
        if (touched.Count == 0) return await save();
        if (db.Database.CurrentTransaction is not null) return await SaveAndWriteAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var saved = await SaveAndWriteAsync();
        await transaction.CommitAsync(ct);
        return saved;

        async Task<int> SaveAndWriteAsync()
        {
            var count = await save();
            foreach (var group in touched.GroupBy(t => t.Source)) await RefreshAsync(db, group.Key.Kind, [.. group.Select(t => t.Id)], ct);
            return count;
        }
    }

    private static async Task WriteAsync(NexusDb db, ISearchSource source, Guid[] ids, CancellationToken ct)
    {
        var known = (await db.SearchEntries.Where(e => ids.Contains(e.ThingId)).Select(e => e.ThingId).ToListAsync(ct)).ToHashSet();
        var added = new List<SearchEntry>();
        var documents = await source.ReadAsync(db, ids, ct);
        var gone = known.Except(documents.Select(d => d.ThingId)).ToList();
        if (gone.Count > 0) await db.SearchEntries.Where(e => gone.Contains(e.ThingId)).ExecuteDeleteAsync(ct);
        foreach (var document in documents)
        {
            var (title, text) = (document.ShortTitle, document.Text);
            if (known.Contains(document.ThingId))
                await db.SearchEntries.Where(e => e.ThingId == document.ThingId).ExecuteUpdateAsync(e => e.SetProperty(x => x.Title, title).SetProperty(x => x.Text, text), ct);
            else
                added.Add(new() { ThingId = document.ThingId, Kind = source.Kind, Subject = document.Subject, Title = title, Text = text, At = document.At });
        }

        if (added.Count == 0) return;
        db.SearchEntries.AddRange(added);
        await db.SaveEntriesAsync(ct);
        foreach (var entry in added) db.Entry(entry).State = EntityState.Detached;
    }
}
