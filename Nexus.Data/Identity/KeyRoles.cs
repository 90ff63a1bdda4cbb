namespace Nexus.Data.Identity;

/// <summary>The text in which an <see cref="ApiKey"/> keeps its roles.</summary>
internal static class KeyRoles
{
    public static string Write(IEnumerable<Role> roles) => string.Join(',', roles.Order());

    public static IEnumerable<Role> Read(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>);
}
