using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

internal sealed record CreatePersonRequest(string? UserName, string? DisplayName, IReadOnlyCollection<Role>? Roles, string? Password);

internal sealed record RolesRequest(IReadOnlyCollection<Role>? Roles);

internal sealed record PasswordRequest(string? Password);

/// <param name="SetupPath">Where the person sets a first password; shown this once. Absent where one was given.</param>
internal sealed record PersonResponse(
    string UserName, string DisplayName, IReadOnlyList<Role> Roles, bool HasPassword, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, string? SetupPath = null)
{
    public static PersonResponse From(PersonView person) =>
        new(person.UserName, person.DisplayName, person.Roles, person.HasPassword, person.CreatedAt, person.DisabledAt);
}

internal sealed record SetupLinkResponse(string SetupPath)
{
    public static SetupLinkResponse From(string token) => new($"/set-up?token={token}");
}

internal sealed record CreateKeyRequest(string? Name, IReadOnlyCollection<Role>? Roles, DateTimeOffset? ExpiresAt);
