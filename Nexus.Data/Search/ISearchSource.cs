using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Nexus.Data.Search;

/// <summary>One kind of things: which changes touch their words, and what the words are.</summary>
internal interface ISearchSource
{
    string Kind { get; }

    /// <summary>The thing whose words the tracked change touches, or null.</summary>
    Guid? Touched(EntityEntry entry);

    /// <summary>The ids of all things of the kind, in order.</summary>
    IQueryable<Guid> Ids(NexusDb db);

    /// <summary>Those of these ids that are to be found, as they are now.</summary>
    Task<List<SearchDocument>> ReadAsync(NexusDb db, IReadOnlyList<Guid> ids, CancellationToken ct);
}
