using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Search;

/// <summary>SQLite's FTS5: prefixes of words without diacritics, ranked by BM25 with the title ten times the text.</summary>
internal sealed class SqliteTextSearch(IDbContextFactory<NexusDb> contexts) : ITextSearch
{
    private const char Open = '\u0002';
    private const char Close = '\u0003';

    public async Task<IReadOnlyList<SearchHit>> FindAsync(SearchRequest request, CancellationToken ct)
    {
        var words = request.Check().Words;
        if (words.Count == 0) return [];
        // Words hold letters and digits alone; in quotes none of them is an operator.
        var found = $"{{Title Text}} : ({string.Join(" AND ", words.Select(word => $"\"{word}\"*"))})";
        var things = $"({found}) NOT (Kind : run)";
        var runs = $"({found}) AND (Kind : run)";
        await using var db = await contexts.CreateDbContextAsync(ct);
        // Runs are many and named alike: only the newest that match are weighed, and things come before them. Marks are set for
        // the rows that are answered alone.
        var rows = await db.Database.SqlQuery<Row>($"""
            WITH found AS MATERIALIZED (
                SELECT * FROM (SELECT rowid AS "Id", bm25("SearchIndex", 0.0, 10.0, 1.0) AS "Score" FROM "SearchIndex" WHERE "SearchIndex" MATCH {things})
                UNION ALL
                SELECT * FROM (SELECT rowid AS "Id", 0.3 * bm25("SearchIndex", 0.0, 10.0, 1.0) AS "Score" FROM "SearchIndex" WHERE "SearchIndex" MATCH {runs} ORDER BY rowid DESC LIMIT 2000)),
            best AS MATERIALIZED (
                SELECT e."Id", e."Subject", e."Kind", e."At", found."Score" * CASE e."Kind" WHEN 'version' THEN 0.6 WHEN 'sweep' THEN 0.6 ELSE 1.0 END AS "Score"
                FROM found JOIN "SearchEntries" e ON e."Id" = found."Id"
                WHERE {request.Kind} IS NULL OR e."Kind" = {request.Kind}
                ORDER BY "Score", e."At" DESC LIMIT {request.Size})
            SELECT best."Subject", best."Kind", best."At",
                highlight("SearchIndex", 1, char(2), char(3)) AS "Title", snippet("SearchIndex", 2, char(2), char(3), '…', 16) AS "Snippet"
            FROM best JOIN "SearchIndex" ON "SearchIndex".rowid = best."Id"
            WHERE "SearchIndex" MATCH {found}
            ORDER BY best."Score", best."At" DESC
            """).ToListAsync(ct);
        return rows.ConvertAll(row => new SearchHit(row.Subject, row.Kind, Parts(row.Title), Snippet(row.Snippet), UtcMicroseconds.To(row.At)));
    }

    private static List<SearchPart> Snippet(string marked) => marked.Contains(Open, StringComparison.Ordinal) ? Parts(marked) : [];

    private static List<SearchPart> Parts(string marked)
    {
        var parts = new List<SearchPart>();
        foreach (var piece in marked.Split(Open))
        {
            var end = piece.IndexOf(Close, StringComparison.Ordinal);
            if (end > 0) parts.Add(new(piece[..end], Found: true));
            if (piece.Length > end + 1) parts.Add(new(piece[(end + 1)..], Found: false));
        }

        return parts;
    }

    private sealed record Row(string Subject, string Kind, long At, string Title, string Snippet);
}
