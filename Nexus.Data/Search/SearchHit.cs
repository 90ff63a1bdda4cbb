namespace Nexus.Data.Search;

/// <summary>A thing that was found.</summary>
/// <param name="Subject">As the ledger writes subjects.</param>
/// <param name="Title">In parts, so that nobody has to trust markup.</param>
/// <param name="Snippet">The place of the text that fits best, in parts; empty where only the title was found.</param>
public sealed record SearchHit(string Subject, string Kind, IReadOnlyList<SearchPart> Title, IReadOnlyList<SearchPart> Snippet, DateTimeOffset At);
