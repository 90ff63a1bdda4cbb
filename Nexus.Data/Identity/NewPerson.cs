namespace Nexus.Data.Identity;

/// <param name="UserName">1 to 128 letters, digits and <c>. _ @ + -</c>; may be an e-mail address.</param>
/// <param name="Password">Null: the person sets it through the link that comes with the answer.</param>
public sealed record NewPerson(string UserName, string DisplayName, IReadOnlyCollection<Role> Roles, string? Password = null);
