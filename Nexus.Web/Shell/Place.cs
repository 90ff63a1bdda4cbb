namespace Nexus.Web.Shell;

/// <summary>Something that one can go to by name.</summary>
public sealed record Place(string Name, string Kind, string Href);
