using Nexus.Web.Shell;

namespace Nexus.Web.Charts;

/// <summary>One cell of a <see cref="ChartTable"/>.</summary>
/// <param name="Text">As a page shows it.</param>
/// <param name="Value">As a program reads it: a number, a time or a text.</param>
/// <param name="Lower">Lower end of the interval; a column of its own in the file.</param>
/// <param name="Href">Where the cell leads.</param>
public sealed record ChartCell(string Text, object? Value, double? Lower = null, double? Upper = null, string? Href = null)
{
    public bool Numeric => Value is double or int or long;

    public static ChartCell Of(double? value, double? lower = null, double? upper = null, string unit = "") =>
        value is null ? new(Format.Unknown, null) : new(Format.Estimate(value, lower, upper) + unit, value, lower, upper);

    public static ChartCell Of(string text, string? href = null) => new(text, text, Href: href);
}
