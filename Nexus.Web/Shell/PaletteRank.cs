namespace Nexus.Web.Shell;

/// <summary>
/// How well a text fits what was typed: every word has to fit, as the whole text, its beginning, that of one of its words,
/// somewhere within, or as letters in order; the better ones and the shorter texts first.
/// </summary>
internal static class PaletteRank
{
    private const int Whole = 110;
    private const int Start = 100;
    private const int WordStart = 60;
    private const int Within = 30;
    private const int Scattered = 8;

    /// <returns>Null where it does not fit; else the more the better.</returns>
    public static int? Of(string query, string title, string also = "")
    {
        var sum = 0;
        foreach (var word in query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var best = Math.Max(Word(word, title), Word(word, also) / 2);
            if (best == 0) return null;
            sum += best;
        }

        return (sum * 16) - Math.Min(title.Length, 200) / 8;
    }

    private static int Word(string word, string text)
    {
        if (text.Length < word.Length) return 0;
        if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return text.Length == word.Length ? Whole : Start;
        var best = 0;
        for (var at = text.IndexOf(word, 1, StringComparison.OrdinalIgnoreCase); at > 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (!char.IsLetterOrDigit(text[at - 1])) return WordStart;
            best = Within;
        }

        return best > 0 ? best : word.Length > 1 && InOrder(word, text) ? Scattered : 0;
    }

    // Its first letter begins a word; the others follow, in order.
    private static bool InOrder(string word, string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (!Same(text[start], word[0]) || (start > 0 && char.IsLetterOrDigit(text[start - 1]))) continue;
            var found = 1;
            for (var at = start + 1; at < text.Length && found < word.Length; at++) found += Same(text[at], word[found]) ? 1 : 0;
            if (found == word.Length) return true;
        }

        return false;
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
