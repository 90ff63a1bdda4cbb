using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Search;

/// <summary>PostgreSQL's tsvector under a GIN index: prefixes of words without diacritics, ranked with the title ten times the text.</summary>
internal sealed class PostgreSqlTextSearch(IDbContextFactory<NexusDb> contexts) : ITextSearch
{
    public async Task<IReadOnlyList<SearchHit>> FindAsync(SearchRequest request, CancellationToken ct)
    {
        var words = request.Check().Words;
        if (words.Count == 0) return [];
        // Words hold letters and digits alone; in quotes none of them is an operator. What leaves nothing of itself finds nothing.
        var asked = string.Join(" & ", words.Select(word => $"'{word}':*"));
        await using var db = await contexts.CreateDbContextAsync(ct);
        // Runs are many and named alike: only the newest that match are weighed, and things come before them.
        var rows = await db.Database.SqlQuery<Row>($"""
            WITH asked AS (SELECT to_tsquery('pg_catalog.simple', regexp_replace(normalize({asked}, NFKD), U&'[\0300-\036F]', '', 'g')) AS query),
            found AS (
                (SELECT e.* FROM "SearchEntries" e, asked WHERE e."Words" @@ asked.query AND e."Kind" <> 'run')
                UNION ALL
                (SELECT e.* FROM "SearchEntries" e, asked WHERE e."Words" @@ asked.query AND e."Kind" = 'run' ORDER BY e."Id" DESC LIMIT 2000))
            SELECT "Subject", "Kind", "At", "Title", "Text" FROM found, asked
            WHERE {request.Kind}::text IS NULL OR "Kind" = {request.Kind}
            ORDER BY ts_rank(found."Words", asked.query) * CASE "Kind" WHEN 'run' THEN 0.3 WHEN 'version' THEN 0.6 WHEN 'sweep' THEN 0.6 ELSE 1.0 END DESC, "At" DESC
            LIMIT {request.Size}
            """).ToListAsync(ct);
        var marks = new FoundWords(words);
        return rows.ConvertAll(row => new SearchHit(row.Subject, row.Kind, marks.Mark(row.Title), marks.Snippet(row.Text), UtcMicroseconds.To(row.At)));
    }

    private sealed record Row(string Subject, string Kind, long At, string Title, string Text);
}
