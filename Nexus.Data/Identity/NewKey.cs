namespace Nexus.Data.Identity;

/// <param name="Roles">Null: all that the person has.</param>
/// <param name="ExpiresAt">Null: in a year.</param>
public sealed record NewKey(string Name, IReadOnlyCollection<Role>? Roles = null, DateTimeOffset? ExpiresAt = null);
