using System.Text.RegularExpressions;

namespace Nexus.Data;

/// <summary>The form of every name that a person chooses for a thing of the portal.</summary>
public static partial class Names
{
    public const int MaxLength = 63;

    /// <exception cref="RefusedException">Invalid, where the name is not of the form.</exception>
    public static string Check(string? name, string field = "name") =>
        name is not null && Form().IsMatch(name)
            ? name
            : throw Refused.Invalid(field, $"'{Shorten(name)}' is not a name: lower-case letters, digits and hyphens, first a letter or digit, at most {MaxLength}.");

    public static bool IsName(string? name) => name is not null && Form().IsMatch(name);

    private static string Shorten(string? name) => name is null ? "" : name.Length <= 80 ? name : name[..80] + "…";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Form();
}
