using System.Globalization;

namespace Nexus.Web.Charts;

/// <summary>One upright of a <see cref="ParallelCoordinates"/>, with a value for each line.</summary>
/// <param name="Title">Over it.</param>
/// <param name="Values">As many as there are lines; null where the line has none. Of categories their positions.</param>
/// <param name="Categories">The texts that the values stand for, from below; null for numbers.</param>
/// <param name="Format">How a value is written; null writes numbers as everywhere.</param>
public sealed record ParallelAxis(string Title, IReadOnlyList<double?> Values, IReadOnlyList<string>? Categories = null, Func<double, string>? Format = null)
{
    /// <summary>An axis from texts: of numbers where all of them are numbers, else of categories in their order.</summary>
    /// <param name="values">As many as there are lines; null where the line has none.</param>
    public static ParallelAxis Of(string title, IReadOnlyList<string?> values)
    {
        var known = values.OfType<string>().ToList();
        if (known.Count > 0 && known.All(text => Number(text) is not null)) return new(title, [.. values.Select(text => text is null ? null : Number(text))], Format: number => number.ToString("G6", CultureInfo.InvariantCulture));
        var categories = known.Distinct().Order(StringComparer.Ordinal).ToList();
        return new(title, [.. values.Select(text => text is null ? (double?)null : categories.IndexOf(text))], categories);
    }

    /// <summary>A value as the axis writes it.</summary>
    public string Text(double? value) => value switch
    {
        null => Shell.Format.Unknown,
        { } at when Categories is { } texts => (int)at >= 0 && (int)at < texts.Count ? texts[(int)at] : Shell.Format.Unknown,
        { } number => Format is null ? Shell.Format.Number(number) : Format(number),
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
