namespace Nexus.Data.Search;

/// <summary>A thing as it is to be found now.</summary>
/// <param name="Words">Whatever else it is to be found by; empty ones are left out.</param>
internal sealed record SearchDocument(Guid ThingId, string Subject, string Title, DateTimeOffset At, params IEnumerable<string> Words)
{
    public string Text => Clean(string.Join('\n', Words.Where(word => word.Length > 0)), SearchEntry.MaxText);

    public string ShortTitle => Clean(Title, SearchEntry.MaxTitle);

    /// <summary>Control characters are what marks a find; none may come from a text.</summary>
    private static string Clean(string text, int most)
    {
        var whole = text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
        return whole.Any(Bad) ? new string([.. whole.Select(c => Bad(c) ? ' ' : c)]) : whole;

        static bool Bad(char c) => char.IsControl(c) && c is not '\n';
    }
}
