namespace Nexus.Web.Charts;

/// <summary>One line of a <see cref="ParallelCoordinates"/>.</summary>
/// <param name="Name">What it stands for: <c>#231</c>.</param>
/// <param name="Href">Where a click leads.</param>
/// <param name="Highlight">Thick, in a colour of its own, and named; two or three at most.</param>
public sealed record ParallelLine(string Name, string? Href = null, bool Highlight = false);
