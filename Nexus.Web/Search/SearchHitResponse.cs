using Nexus.Data.Search;

namespace Nexus.Web.Search;

/// <summary>A find as programs read it.</summary>
/// <param name="Snippet">The place of the text that fits best, in parts; empty where only the title was found.</param>
public sealed record SearchHitResponse(string Subject, string Kind, string Title, DateTimeOffset At, IReadOnlyList<SearchPart> Snippet)
{
    internal static SearchHitResponse From(SearchHit hit) =>
        new(hit.Subject, hit.Kind, string.Concat(hit.Title.Select(part => part.Text)), hit.At, hit.Snippet);
}
