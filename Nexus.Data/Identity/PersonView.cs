namespace Nexus.Data.Identity;

/// <summary>A person as others see them.</summary>
/// <param name="Roles">In the order of <see cref="Role"/>.</param>
/// <param name="HasPassword">False until a first password is set; keys work all the same.</param>
/// <param name="DisabledAt">Since when the person and their keys are refused; null where they are not.</param>
public sealed record PersonView(
    Guid Id, string UserName, string DisplayName, IReadOnlyList<Role> Roles, bool HasPassword, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);
