namespace Nexus.Data.Lineage;

/// <summary>What a node says beside its name.</summary>
internal sealed record LineageDetail(string Title, string? State, DateTimeOffset? At);
