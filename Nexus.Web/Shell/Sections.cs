namespace Nexus.Web.Shell;

/// <summary>The places of the frame that a page fills.</summary>
internal static class Sections
{
    public static readonly object Crumbs = new();
}
