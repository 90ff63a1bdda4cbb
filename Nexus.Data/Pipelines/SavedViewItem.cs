namespace Nexus.Data.Pipelines;

/// <summary>A saved view as a list shows it.</summary>
/// <param name="Query">The query string of the page that shows it, without its question mark.</param>
public sealed record SavedViewItem(string Name, string Query, DateTimeOffset CreatedAt, string CreatedBy);
