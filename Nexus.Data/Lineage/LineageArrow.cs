namespace Nexus.Data.Lineage;

/// <summary><paramref name="From"/> made or fed <paramref name="To"/>.</summary>
public sealed record LineageArrow(string From, string To, string Relation, DateTimeOffset At);
