namespace Nexus.Data.Registry;

/// <summary>The part of a card that persons write.</summary>
/// <param name="Revision">Of this version's card; 0 where nobody wrote on it.</param>
/// <param name="InheritedFrom">The earlier version that the sections come from; null where they are this version's own, or nobody's.</param>
/// <param name="ChangedBy">Who wrote them last.</param>
public sealed record ModelCardView(CardSections Sections, int Revision, int? InheritedFrom, string? ChangedBy, DateTimeOffset? ChangedAt);
