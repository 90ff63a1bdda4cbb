namespace Nexus.Data.Identity;

/// <param name="Key">The key itself, shown this once.</param>
public sealed record CreatedKey(Guid Id, string Key, string Name, IReadOnlyList<Role> Roles, DateTimeOffset ExpiresAt);
