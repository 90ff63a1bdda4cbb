namespace Nexus.Web.Samples;

/// <summary>One station of the tour.</summary>
/// <param name="Href">The page, from the root.</param>
/// <param name="Pointer">CSS selectors of what it speaks of: the first that is there is pointed at.</param>
/// <param name="Policy">Who may open the page; others are told, and stay where they are.</param>
public sealed record TourStep(string Title, string Text, string Href, string[] Pointer, string Policy);
