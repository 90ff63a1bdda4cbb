using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Search;

/// <summary>
/// SQL Server without its full-text search, which is not installed everywhere: the entries are read through, words compared
/// without case and diacritics, and the newest that have all of them weighed here.
/// </summary>
internal sealed class SqlServerTextSearch(IDbContextFactory<NexusDb> contexts) : ITextSearch
{
    private const int Weighed = 2000;
    private const string Loosely = "Latin1_General_100_CI_AI";

    public async Task<IReadOnlyList<SearchHit>> FindAsync(SearchRequest request, CancellationToken ct)
    {
        var words = request.Check().Words;
        if (words.Count == 0) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var entries = db.SearchEntries.AsNoTracking();
        if (request.Kind is { } kind) entries = entries.Where(e => e.Kind == kind);
        foreach (var word in words)
        {
            // Letters and digits alone: nothing in it is a wildcard.
            var (first, later) = ($"{word}%", $"%[^0-9a-z]{word}%");
            entries = entries.Where(e =>
                EF.Functions.Like(EF.Functions.Collate(e.Title, Loosely), first) || EF.Functions.Like(EF.Functions.Collate(e.Title, Loosely), later) ||
                EF.Functions.Like(EF.Functions.Collate(e.Text, Loosely), first) || EF.Functions.Like(EF.Functions.Collate(e.Text, Loosely), later));
        }

        var found = await entries.OrderByDescending(e => e.Id).Take(Weighed).ToListAsync(ct);
        var marks = new FoundWords(words);
        return
        [
            .. found.OrderByDescending(e => Weight(e.Kind) * ((10 * marks.Share(e.Title)) + marks.Share(e.Text))).ThenByDescending(e => e.At).Take(request.Size)
                .Select(e => new SearchHit(e.Subject, e.Kind, marks.Mark(e.Title), marks.Snippet(e.Text), e.At)),
        ];
    }

    private static double Weight(string kind) => kind switch { SearchKinds.Run => 0.3, SearchKinds.ModelVersion or SearchKinds.Sweep => 0.6, _ => 1.0 };
}
