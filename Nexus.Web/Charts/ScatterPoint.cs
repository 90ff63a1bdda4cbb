namespace Nexus.Web.Charts;

/// <summary>One point of a <see cref="ScatterChart"/>.</summary>
/// <param name="Name">What it stands for, on hover: <c>#231</c>.</param>
/// <param name="X">A number; null where <paramref name="Category"/> stands for it.</param>
/// <param name="Y">Points without one are left out.</param>
/// <param name="Lower">Lower end of Y's interval, drawn as an error bar.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Category">X where it is no number; one such point makes the whole axis one of categories.</param>
/// <param name="Href">Where a click leads.</param>
/// <param name="Highlight">In the accent, and named in the picture.</param>
public sealed record ScatterPoint(
    string Name, double? X, double? Y, double? Lower = null, double? Upper = null, string? Category = null, string? Href = null, bool Highlight = false);
