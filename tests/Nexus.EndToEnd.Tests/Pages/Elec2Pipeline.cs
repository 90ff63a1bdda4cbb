namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>The document that the README's reader starts with.</summary>
internal static class Elec2Pipeline
{
    public static string Text { get; } = File.ReadAllText(Repository.PathOf("docs", "examples", "elec2.yaml"));
}
