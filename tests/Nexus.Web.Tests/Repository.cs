namespace Nexus.Web.Tests;

/// <summary>Where the sources and the tests' data lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? directory) =>
        directory is null ? throw new InvalidOperationException("Not inside the repository.")
        : File.Exists(Path.Combine(directory.FullName, "Nexus.Portal.sln")) ? directory.FullName : Find(directory.Parent);
}
