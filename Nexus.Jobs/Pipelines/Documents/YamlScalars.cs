using System.Globalization;
using System.Text.RegularExpressions;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>
/// The type of a plain scalar: YAML 1.2's core schema, but what YAML 1.1 and 1.2 read differently, or JSON cannot hold, is refused
/// rather than guessed.
/// </summary>
internal static partial class YamlScalars
{
    /// <returns>The value, or why it is none.</returns>
    public static (object? Value, string? Trap) Read(string plain)
    {
        switch (plain)
        {
            case "" or "~" or "null" or "Null" or "NULL": return (null, null);
            case "true" or "True" or "TRUE": return (true, null);
            case "false" or "False" or "FALSE": return (false, null);
        }

        if (Switch().IsMatch(plain)) return (null, $"'{plain}' is a boolean to some readers and a text to others. Write true or false, or \"{plain}\" for the text.");
        if (Sexagesimal().IsMatch(plain)) return (null, $"'{plain}' is a number to base 60 to some readers. Write \"{plain}\" for the text.");
        if (Based().IsMatch(plain)) return (null, $"'{plain}' is not read as the same number everywhere. Write it in plain decimal digits, or \"{plain}\" for the text.");
        if (Date().IsMatch(plain)) return (null, $"'{plain}' is a time to some readers and a text to others. Write \"{plain}\" for the text.");
        if (NotFinite().IsMatch(plain)) return (null, $"'{plain}' is not a number that can be kept. Write \"{plain}\" for the text.");
        if (Integer().IsMatch(plain))
            return long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
                ? (integer, null)
                : (null, $"'{plain}' is larger than an integer can be.");
        if (Number().IsMatch(plain))
            return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? (number, null)
                : (null, $"'{plain}' is larger than a number can be.");
        return (plain, null);
    }

    [GeneratedRegex(@"\A(yes|no|on|off)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Switch();

    [GeneratedRegex(@"\A[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Sexagesimal();

    [GeneratedRegex(@"\A[-+]?(0[0-9_]+|0[xob][0-9a-f_]+|[0-9]+(_[0-9]+)+(\.[0-9]*)?)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Based();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Date();

    [GeneratedRegex(@"\A([-+]?\.inf|\.nan)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex NotFinite();

    [GeneratedRegex(@"\A[-+]?[0-9]+\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Number();
}
