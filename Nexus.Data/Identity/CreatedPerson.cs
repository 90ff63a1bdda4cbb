namespace Nexus.Data.Identity;

/// <param name="SetupToken">Shown this once: with it the person sets a first password. Null where one was given.</param>
public sealed record CreatedPerson(PersonView Person, string? SetupToken);
