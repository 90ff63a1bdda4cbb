using System.Globalization;
using System.Text;

namespace Nexus.Jobs.Training.Features;

/// <summary>
/// Splits a text into words: runs of letters and digits, the letters A to Z in lower case. The exported ONNX does the same by
/// StringNormalizer in the locale C, the one that every machine has, and a Tokenizer with <see cref="Expression"/>.
/// </summary>
internal static class Words
{
    public const string Expression = @"[\pL\pN]+";

    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var start = -1;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var inside = IsWord(rune);
            if (inside && start < 0) start = at;
            if (!inside && start >= 0) Add(start, at);
            if (!inside) start = -1;
            at += rune.Utf16SequenceLength;
        }

        if (start >= 0) Add(start, text.Length);
        return words;

        void Add(int from, int to) => words.Add(string.Create(to - from, (text, from), static (lower, of) =>
        {
            for (var i = 0; i < lower.Length; i++)
            {
                var letter = of.text[of.from + i];
                lower[i] = char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter;
            }
        }));
    }

    /// <summary>The n-grams of one length, words joined by a space.</summary>
    public static IEnumerable<string> Grams(List<string> words, int length)
    {
        for (var i = 0; i + length <= words.Count; i++)
            yield return length == 1 ? words[i] : string.Join(' ', words.GetRange(i, length));
    }

    private static bool IsWord(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
