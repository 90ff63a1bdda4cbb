using System.Security.Claims;
using Nexus.Data.Identity;

namespace Nexus.Web.Shell;

/// <summary>Where the palette was opened, and by whom.</summary>
/// <param name="Path">Of the open page, without a slash at either end: <c>models/elec2/3</c>.</param>
public sealed record PaletteContext(string Path, ClaimsPrincipal Me)
{
    public bool Is(Role role) => Me.IsInRole(role.ToString());

    /// <summary>The parts of the path behind <paramref name="room"/>, or null where the page is not of that room.</summary>
    public string[]? In(string room)
    {
        var parts = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 && parts[0] == room ? parts[1..] : null;
    }
}
