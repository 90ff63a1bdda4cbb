namespace Nexus.Data.Identity;

/// <summary>A key as its owner sees it after it was made: all but the key.</summary>
public sealed record KeyView(
    Guid Id, string Name, string Prefix, IReadOnlyList<Role> Roles, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);
