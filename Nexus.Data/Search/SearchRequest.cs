using System.Globalization;

namespace Nexus.Data.Search;

/// <summary>What is looked for: every word as the beginning of a word, in any order. The text is anybody's, never a query language.</summary>
/// <param name="Kind">One of <see cref="SearchKinds"/>, or null for all.</param>
/// <param name="Size">1…100.</param>
public sealed record SearchRequest(string? Text, string? Kind = null, int Size = 20)
{
    public const int MaxText = 200;
    public const int MaxSize = 100;
    private const int MaxWords = 8;

    /// <exception cref="RefusedException">Invalid.</exception>
    public SearchRequest Check()
    {
        if (Text is { Length: > MaxText }) throw Refused.Invalid("q", $"A search has at most {MaxText} characters.");
        if (Kind is not null && !SearchKinds.All.Contains(Kind)) throw Refused.Invalid("kind", $"kind is one of {string.Join(", ", SearchKinds.All)}.");
        if (Size is < 1 or > MaxSize) throw Refused.Invalid("pageSize", $"pageSize is 1 to {MaxSize}.");
        return this;
    }

    /// <summary>Runs of letters, digits and marks; at most eight.</summary>
    public IReadOnlyList<string> Words
    {
        get
        {
            var words = new List<string>();
            var start = -1;
            var text = Text ?? "";
            for (var i = 0; i <= text.Length && words.Count < MaxWords; i++)
            {
                var inside = i < text.Length && (char.IsLetterOrDigit(text[i]) || char.GetUnicodeCategory(text[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
                if (inside && start < 0) start = i;
                if (inside || start < 0) continue;
                words.Add(text[start..i]);
                start = -1;
            }

            return words;
        }
    }
}
