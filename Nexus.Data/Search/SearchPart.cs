namespace Nexus.Data.Search;

/// <summary>A piece of a text, found or between finds.</summary>
public sealed record SearchPart(string Text, bool Found);
