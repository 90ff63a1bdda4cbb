namespace Nexus.Data.Registry;

/// <summary>A model with its newest version and the one in Production.</summary>
/// <param name="LatestVersion">The highest number given so far; numbers are never given twice.</param>
/// <param name="Newest">Null where every version was deleted.</param>
/// <param name="Production">Null where none is in Production.</param>
/// <param name="Agents">The agents that follow it, by name.</param>
public sealed record ModelView(
    string Name,
    string Description,
    IReadOnlyDictionary<string, string> Tags,
    int LatestVersion,
    int? ProductionVersion,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    int Versions,
    ModelVersionView? Newest,
    ModelVersionView? Production,
    IReadOnlyList<string> Agents);
