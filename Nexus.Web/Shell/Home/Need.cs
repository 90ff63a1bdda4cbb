namespace Nexus.Web.Shell.Home;

/// <summary>Something that waits for this person, with its one action.</summary>
public sealed record Need(ChipState State, string Kind, string Title, string Text, DateTimeOffset At, string Action, string Href);
