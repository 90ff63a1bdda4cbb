namespace Nexus.Data.Identity;

/// <summary>Who acts: a person, by cookie or by one of their keys, or the portal itself.</summary>
/// <param name="Name">The person's userName; an API key acts as its owner.</param>
/// <param name="Roles">The roles in force for this call.</param>
/// <param name="KeyMadeBy">Where a key acts: the userName of who made that key.</param>
/// <param name="KeyExpiresAt">Where a key acts: when it ends.</param>
public sealed record Actor(string Name, IReadOnlySet<Role> Roles, string? KeyMadeBy = null, DateTimeOffset? KeyExpiresAt = null)
{
    /// <summary>The portal's own work: seeding, schedules, recovery.</summary>
    public static Actor System { get; } = new("system", new HashSet<Role>());

    public bool Is(Role role) => Roles.Contains(role);

    /// <exception cref="RefusedException">Forbidden, where the actor lacks the role.</exception>
    public void Demand(Role role)
    {
        if (!Is(role)) throw Refused.Forbidden($"This needs the role {role}.");
    }

    /// <summary>For what the portal does of its own accord too.</summary>
    /// <inheritdoc cref="Demand"/>
    public void DemandUnlessSystem(Role role)
    {
        if (this != System) Demand(role);
    }
}
