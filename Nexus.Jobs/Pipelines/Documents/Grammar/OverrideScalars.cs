using System.Globalization;
using System.Text.RegularExpressions;

namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary>The type of an unquoted text: null, truth values and numbers in any case; what other readers would take for another type is refused.</summary>
internal static partial class OverrideScalars
{
    /// <exception cref="OverrideFault">Where it would not be the same to every reader, or is too large.</exception>
    public static object? Read(string text, int column)
    {
        switch (text.ToLowerInvariant())
        {
            case "null": return null;
            case "true": return true;
            case "false": return false;
            case "inf" or "+inf": return double.PositiveInfinity;
            case "-inf": return double.NegativeInfinity;
            case "nan" or "+nan" or "-nan": return double.NaN;
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (Integer().IsMatch(text))
            return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
                ? integer
                : throw new OverrideFault(column, $"'{text}' is larger than an integer can be.");
        if (Number().IsMatch(text))
            return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number
                : throw new OverrideFault(column, $"'{text}' is larger than a number can be.");
        return YamlScalars.Read(text) is { Trap: { } trap } ? throw new OverrideFault(column, trap) : text;
    }

    [GeneratedRegex(@"\A[-+]?(0|[1-9](_?[0-9])*)\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A[-+]?((0|[1-9](_?[0-9])*)(\.([0-9](_?[0-9])*)?)?|\.[0-9](_?[0-9])*)([eE][-+]?[0-9](_?[0-9])*)?\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Number();
}
