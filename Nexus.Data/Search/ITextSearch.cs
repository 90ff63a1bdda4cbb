namespace Nexus.Data.Search;

/// <summary>Finds things by their words, best first. One implementation per database.</summary>
public interface ITextSearch
{
    /// <exception cref="RefusedException">Invalid.</exception>
    Task<IReadOnlyList<SearchHit>> FindAsync(SearchRequest request, CancellationToken ct);
}
