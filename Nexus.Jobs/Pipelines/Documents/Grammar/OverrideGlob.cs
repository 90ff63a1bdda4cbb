using System.IO.Enumeration;

namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary><c>training=glob(fast*, exclude=fast-debug)</c>: the options of a group whose names fit.</summary>
internal static class OverrideGlob
{
    /// <param name="options">The names of a group's options, or null where there is no such group.</param>
    /// <exception cref="OverrideFault">No such group, or no option that fits.</exception>
    public static IReadOnlyList<string> Select(GlobTerm glob, OverrideKey key, Func<string, IReadOnlyList<string>?>? options)
    {
        var names = options?.Invoke(key.Path) ?? throw new OverrideFault(glob.Column, $"glob(…) chooses among the options of a config group, and '{key.Path}' is none.");
        List<string> chosen = [.. names.Where(n => glob.Include.Any(p => Fits(p, n)) && !glob.Exclude.Any(p => Fits(p, n))).Order(StringComparer.Ordinal)];
        return chosen.Count > 0
            ? chosen
            : throw new OverrideFault(glob.Column, $"No option of '{key.Path}' fits; there are {string.Join(", ", names)}.");
    }

    private static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
