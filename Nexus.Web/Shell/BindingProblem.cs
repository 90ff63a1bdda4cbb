using System.Text.RegularExpressions;

namespace Nexus.Web.Shell;

/// <summary>Says in a caller's words what the framework says in a programmer's: which value could not be read, and as what.</summary>
internal static partial class BindingProblem
{
    public static string Word(string message)
    {
        if (message.StartsWith("Implicit body", StringComparison.Ordinal)) return "The request has no body, and this call takes one.";
        if (Unreadable().Match(message) is { Success: true } unreadable)
            return $"'{Cut(unreadable.Groups["value"].Value)}' is not {KindOf(unreadable.Groups["type"].Value)}, as {unreadable.Groups["name"].Value} is to be.";
        return Absent().Match(message) is { Success: true } absent ? $"{absent.Groups["name"].Value} is missing." : message;
    }

    private static string KindOf(string type) => type.Replace("Nullable<", "", StringComparison.Ordinal).TrimEnd('?', '>') switch
    {
        "int" or "long" => "a whole number",
        "double" or "float" or "decimal" => "a number",
        "bool" => "true or false",
        "DateTimeOffset" or "DateTime" => "a time (ISO 8601)",
        "Guid" => "an id (UUID)",
        "TimeSpan" => "a duration",
        _ => "a value of this call",
    };

    private static string Cut(string value) => value.Length <= 100 ? value : value[..100] + "…";

    [GeneratedRegex("""^Failed to bind parameter "(?<type>\S+) (?<name>\S+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Unreadable();

    [GeneratedRegex("""^Required parameter "(?<type>\S+) (?<name>\S+)" was not provided""")]
    private static partial Regex Absent();
}
