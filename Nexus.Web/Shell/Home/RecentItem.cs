namespace Nexus.Web.Shell.Home;

/// <summary>Something that somebody did: <c>Mara Lind</c> <c>asked for Production of loans 2</c>.</summary>
/// <param name="Href">Where it stands; null where it has no page.</param>
public sealed record RecentItem(string Key, string Who, string Did, string? Href, DateTimeOffset At);
