using Nexus.Web.Identity;

namespace Nexus.Web.Shell;

/// <summary>A place of the rail.</summary>
/// <param name="Group">The quiet heading over it; empty for Home.</param>
/// <param name="Key">Opens it after <c>g</c>.</param>
/// <param name="Policy">Who may open it.</param>
/// <param name="Icon">An SVG path on a grid of 16.</param>
internal sealed record Room(string Name, string Href, string Group, char Key, string Policy, string Icon)
{
    /// <summary>Other first parts of an address that are of this room.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    public static IReadOnlyList<Room> All { get; } =
    [
        new("Home", "", "", 'h', Policies.Viewer, "M2 7l6-5 6 5v7H2zM6 14V9h4v5"),
        new("Agents", "agents", "Operate", 'a', Policies.Viewer, "M8 2v2M3 6h10v7H3zM6 9v1M10 9v1"),
        new("Models", "models", "Build", 'm', Policies.Viewer, "M8 1.5l6 3.2v6.6l-6 3.2-6-3.2V4.7zM2 4.7l6 3.3 6-3.3M8 8v6.5"),
        new("Runs", "runs", "Build", 'r', Policies.Viewer, "M4 2.5l9 5.5-9 5.5z") { Also = ["sweeps"] },
        new("Pipelines", "pipelines", "Build", 'p', Policies.Viewer, "M2 3h4v4H2zM10 9h4v4h-4zM6 5h3v6h1") { Also = ["configs", "new-pipeline", "new-config"] },
        new("Datasets", "datasets", "Build", 'd', Policies.Viewer, "M2 4c0-3 12-3 12 0v8c0 3-12 3-12 0zM2 4c0 3 12 3 12 0M2 8c0 3 12 3 12 0"),
        new("Approvals", "approvals", "Govern", 'v', Policies.Viewer, "M2 8l4 4 8-9"),
        new("Audit", "audit", "Govern", 'u', Policies.Auditor, "M3 2h10v12H3zM5.5 5h5M5.5 8h5M5.5 11h3"),
        new("Settings", "settings", "Govern", 's', Policies.Viewer, "M8 5.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5M8 1v2M8 13v2M1 8h2M13 8h2"),
    ];
}
