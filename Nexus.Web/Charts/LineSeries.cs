namespace Nexus.Web.Charts;

/// <summary>A line of a <see cref="LineChart"/>, labelled at its end.</summary>
/// <param name="Points">In the order of X; fewer than pixels: decimate where they come from.</param>
/// <param name="Reference">Grey: what the others are seen against.</param>
/// <param name="Dashed">For what is expected rather than measured.</param>
/// <param name="Other">One of many that stand behind the named ones: thin, grey, without a name of its own in the picture.</param>
public sealed record LineSeries(string Name, IReadOnlyList<LinePoint> Points, bool Reference = false, bool Dashed = false, bool Other = false);
