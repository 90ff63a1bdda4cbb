namespace Nexus.Web.Shell;

/// <summary>One facet of a thing; each has its own address.</summary>
/// <param name="Exact">True where only the exact address counts as here.</param>
public sealed record Tab(string Text, string Href, bool Exact = false);
