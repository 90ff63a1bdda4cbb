namespace Nexus.Web.Shell;

/// <summary>One station on the way to this page.</summary>
/// <param name="Href">Null for the page itself.</param>
public sealed record Crumb(string Text, string? Href = null);
