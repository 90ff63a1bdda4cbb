namespace Nexus.Web.Identity;

/// <summary>The paths that programs call: they answer problems, never pages or redirects.</summary>
internal static class ProgramPaths
{
    private static readonly string[] Prefixes = ["/api", "/v2", "/hubs", "/schemas", "/openapi", "/health"];

    public static bool Match(PathString path) => Prefixes.Any(prefix => path.StartsWithSegments(prefix));
}
