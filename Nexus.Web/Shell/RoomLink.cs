using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Nexus.Web.Shell;

/// <summary>A link of the rail, lit on every page of its room, whatever its address begins with.</summary>
public sealed class RoomLink : NavLink
{
    /// <summary>Other first parts of an address that are of this room.</summary>
    [Parameter] public IReadOnlyList<string> Also { get; set; } = [];
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override bool ShouldMatch(string uriAbsolute) =>
        base.ShouldMatch(uriAbsolute) || Also.Contains(Navigation.ToBaseRelativePath(uriAbsolute).Split('/', '?', '#')[0], StringComparer.OrdinalIgnoreCase);
}
