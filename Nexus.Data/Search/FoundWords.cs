using System.Collections.Frozen;
using System.Text;

namespace Nexus.Data.Search;

/// <summary>Marks what was found, for databases that do not: words that begin with what was looked for, without case and diacritics.</summary>
internal sealed class FoundWords(IReadOnlyList<string> words)
{
    private const int SnippetWords = 16;

    // Latin letters with their marks; the portal runs without the tables of any culture.
    private static readonly FrozenDictionary<char, char> Plain = Pairs(
        "ÀÁÂÃÄÅĀĂĄàáâãäåāăąÇĆĈĊČçćĉċčĎĐďđÈÉÊËĒĔĖĘĚèéêëēĕėęěĜĞĠĢĝğġģĤĦĥħÌÍÎÏĨĪĬĮİìíîïĩīĭįıĴĵĶķĹĻĽĿŁĺļľŀłÑŃŅŇñńņňÒÓÔÕÖØŌŎŐòóôõöøōŏőŔŖŘŕŗřŚŜŞŠśŝşšŢŤŦţťŧÙÚÛÜŨŪŬŮŰŲùúûüũūŭůűųŴŵÝŶŸýÿŷŹŻŽźżž",
        "aaaaaaaaaaaaaaaaaaccccccccccddddeeeeeeeeeeeeeeeeeegggggggghhhhiiiiiiiiiiiiiiiiiijjkkllllllllllnnnnnnnnoooooooooooooooooorrrrrrssssssssttttttuuuuuuuuuuuuuuuuuuuuwwyyyyyyzzzzzz");

    private readonly string[] _words = [.. words.Select(Fold)];

    /// <summary>The text in parts, whole.</summary>
    public List<SearchPart> Mark(string text) => Parts(text, [.. Words(text)]);

    /// <summary>The words round the first that was found; nothing where none was.</summary>
    public List<SearchPart> Snippet(string text)
    {
        List<(int From, int To)> all = [.. Words(text)];
        var first = all.FindIndex(w => IsFound(text[w.From..w.To]));
        if (first < 0) return [];
        var (from, to) = (Math.Max(0, first - (SnippetWords / 4)), Math.Min(all.Count, first + SnippetWords) - 1);
        var (start, end) = (from == 0 ? 0 : all[from].From, to == all.Count - 1 ? text.Length : all[to].To);
        return Parts((start > 0 ? "…" : "") + text[start..end] + (end < text.Length ? "…" : ""), null);
    }

    /// <summary>Of what was looked for, the share that the text has.</summary>
    public double Share(string text)
    {
        var said = Words(text).Select(w => Fold(text[w.From..w.To])).ToList();
        return (double)_words.Count(word => said.Exists(w => w.StartsWith(word, StringComparison.Ordinal))) / _words.Length;
    }

    private List<SearchPart> Parts(string text, List<(int From, int To)>? all)
    {
        var parts = new List<SearchPart>();
        var rest = 0;
        foreach (var (from, to) in all ?? [.. Words(text)])
        {
            if (!IsFound(text[from..to])) continue;
            if (from > rest) parts.Add(new(text[rest..from], Found: false));
            parts.Add(new(text[from..to], Found: true));
            rest = to;
        }

        if (rest < text.Length) parts.Add(new(text[rest..], Found: false));
        return parts;
    }

    private bool IsFound(string word)
    {
        var folded = Fold(word);
        return Array.Exists(_words, w => folded.StartsWith(w, StringComparison.Ordinal));
    }

    /// <summary>Runs of all but ASCII's signs and blanks.</summary>
    private static IEnumerable<(int From, int To)> Words(string text)
    {
        var from = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (text[i] > 127 || char.IsAsciiLetterOrDigit(text[i]));
            if (inside && from < 0) from = i;
            if (inside || from < 0) continue;
            yield return (from, i);
            from = -1;
        }
    }

    private static string Fold(string word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            if (letter is >= '\u0300' and <= '\u036F') continue; // a mark of its own
            plain.Append(Plain.GetValueOrDefault(letter, char.ToLowerInvariant(letter)));
        }

        return plain.ToString();
    }

    private static FrozenDictionary<char, char> Pairs(string marked, string plain) => marked.Zip(plain).ToFrozenDictionary(p => p.First, p => p.Second);
}
