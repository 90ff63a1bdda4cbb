namespace Nexus.Web.Identity;

/// <summary>The paths that programs call: they answer problems, never pages or redirects.</summary>
internal static class ProgramPaths
{
    private static readonly PathString[] Prefixes = ["/api", "/v1", "/v2", "/hubs", "/schemas", "/openapi", "/health", "/metrics", "/connect", "/.well-known"];

    public static bool Match(PathString path)
    {
        foreach (var prefix in Prefixes) if (path.StartsWithSegments(prefix)) return true;
        return false;
    }
}
