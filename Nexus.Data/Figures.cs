using System.Globalization;

namespace Nexus.Data;

/// <summary>Numbers in sentences, as people write them.</summary>
public static class Figures
{
    /// <summary>Rounded to so many significant digits, thousands separated: <c>246,200</c>, <c>0.5308</c>; powers of ten only for what is tiny or huge.</summary>
    /// <param name="digits">1…15; whole numbers up to 10¹⁵ keep all of theirs where <paramref name="whole"/> is set.</param>
    public static string Text(double value, int digits = 4, bool whole = false)
    {
        if (!double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        var rounded = whole && value == Math.Round(value) ? value : double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded == 0 || Math.Abs(rounded) is >= 1e-4 and < 1e15
            ? rounded.ToString("#,##0.###################", CultureInfo.InvariantCulture)
            : rounded.ToString("0.###E+0", CultureInfo.InvariantCulture);
    }
}
