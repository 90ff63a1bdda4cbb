namespace Nexus.Web.Charts;

/// <summary>A <see cref="ParallelCoordinates"/> as the browser draws it: every value between 0 (below) and 1.</summary>
internal sealed record ParallelSpec(ParallelSpec.Axis[] Axes, ParallelSpec.Line[] Lines) : ChartSpec("parallel")
{
    /// <param name="Low">Under the axis.</param>
    /// <param name="High">At its upper end.</param>
    /// <param name="From">What 0 stands for.</param>
    /// <param name="To">What 1 stands for.</param>
    /// <param name="Brush">Drawn-over stretch, 0…1, or null.</param>
    /// <param name="Marks">Positions and texts of categories.</param>
    public sealed record Axis(string Title, string Low, string High, double From, double To, double[]? Brush, Mark[] Marks);

    public sealed record Mark(double At, string Text);

    /// <param name="Colour">0…1 by the colouring axis, or null.</param>
    /// <param name="Texts">The values as they are written.</param>
    /// <param name="Faded">Outside what was drawn over.</param>
    public sealed record Line(string Name, string? Href, bool Highlight, bool Faded, double? Colour, double?[] Y, string[] Texts);
}
