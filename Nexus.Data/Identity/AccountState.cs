namespace Nexus.Data.Identity;

/// <summary>What a signed-in session is held against.</summary>
/// <param name="Stamp">Changes with password, roles and disabling: sessions of before are over.</param>
public sealed record AccountState(Guid PersonId, string UserName, string? Stamp, IReadOnlySet<Role> Roles, bool Disabled);
