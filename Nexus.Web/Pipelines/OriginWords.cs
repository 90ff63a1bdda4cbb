using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Web.Pipelines;

/// <summary>Where a value came from, for a person.</summary>
internal static class OriginWords
{
    /// <summary>In full: the place, and each interpolation on the way.</summary>
    public static string Whole(ValueOrigin origin)
    {
        var place = origin.Source is "pipeline" or "config" ? $"{(origin.Name is { } name ? $"{name}, " : "")}line {origin.Line}, column {origin.Column}" : origin.Words;
        return origin.Via is { Count: > 0 } via ? $"{place}, via {string.Join(", ", via)}" : place;
    }

    /// <summary>The page of a config's revision: <c>data/elec2@3</c>.</summary>
    public static string Address(string config) =>
        config.LastIndexOf('@') is > 0 and var at ? $"configs/{config[..at]}?revision={config[(at + 1)..]}" : $"configs/{config}";
}
