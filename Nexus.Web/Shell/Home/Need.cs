namespace Nexus.Web.Shell.Home;

/// <summary>Something that waits for this person, with its one action.</summary>
/// <param name="Key">Tells it apart from the others.</param>
/// <param name="At">When it began to wait; null where that is not known.</param>
/// <param name="Sample">What it is about, for its mark: <c>model/loans</c>.</param>
public sealed record Need(string Key, ChipState State, string Kind, string Title, string Text, DateTimeOffset? At, string Action, string Href, string Sample);
