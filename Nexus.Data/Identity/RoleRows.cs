using Microsoft.AspNetCore.Identity;

namespace Nexus.Data.Identity;

/// <summary>The rows behind <see cref="Role"/>: fixed, so that no start has to make them.</summary>
internal static class RoleRows
{
    public static IdentityRole<Guid>[] All { get; } =
        [.. Enum.GetValues<Role>().Select(role => new IdentityRole<Guid> { Id = IdOf(role), Name = role.ToString(), NormalizedName = role.ToString().ToUpperInvariant(), ConcurrencyStamp = null })];

    public static Guid IdOf(Role role) => new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(1 + (int)role));

    public static Role RoleOf(Guid id) => Enum.GetValues<Role>().Single(role => IdOf(role) == id);
}
