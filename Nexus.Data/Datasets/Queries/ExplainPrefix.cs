namespace Nexus.Data.Datasets.Queries;

/// <summary>
/// The EXPLAIN before a statement. The engine parses only what follows it as a statement of its own, and EXPLAIN is put before that
/// again: nothing can be explained that would not be allowed by itself.
/// </summary>
internal static class ExplainPrefix
{
    /// <returns><c>EXPLAIN </c>, <c>EXPLAIN ANALYZE </c> or nothing, and where the statement begins.</returns>
    public static (string Explain, int Start) Read(string sql)
    {
        var at = Skip(sql, 0);
        if (!Word(sql, ref at, "EXPLAIN")) return ("", 0);
        return Word(sql, ref at, "ANALYZE") ? ("EXPLAIN ANALYZE ", at) : ("EXPLAIN ", at);
    }

    private static bool Word(string sql, ref int at, string word)
    {
        var end = at + word.Length;
        if (end >= sql.Length || !sql.AsSpan(at, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase) || char.IsLetterOrDigit(sql[end]) || sql[end] == '_') return false;
        at = Skip(sql, end);
        return true;
    }

    /// <summary>Behind white space and comments.</summary>
    private static int Skip(string sql, int at)
    {
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at])) at++;
            else if (sql.AsSpan(at).StartsWith("--", StringComparison.Ordinal)) at = End(sql, "\n", at);
            else if (sql.AsSpan(at).StartsWith("/*", StringComparison.Ordinal)) at = End(sql, "*/", at + 2);
            else break;
        }

        return at;
    }

    private static int End(string sql, string mark, int from)
    {
        var found = sql.IndexOf(mark, from, StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + mark.Length;
    }
}
