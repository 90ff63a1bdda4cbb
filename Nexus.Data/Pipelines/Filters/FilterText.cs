using System.Buffers;

namespace Nexus.Data.Pipelines.Filters;

/// <summary>Writes what the filter reads: fields and values, quoted where they would be something else.</summary>
public static class FilterText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("(),=!<>\"'`");

    /// <param name="name"><c>status</c>, or kind and key as they are called: <c>params.my key</c> is written <c>params."my key"</c>.</param>
    public static string Field(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 || IsPlain(name.AsSpan(dot + 1)) ? name : $"{name[..(dot + 1)]}\"{name[(dot + 1)..].Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    public static string Value(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static bool IsPlain(ReadOnlySpan<char> key)
    {
        foreach (var c in key)
        {
            if (char.IsWhiteSpace(c)) return false;
        }

        return !key.ContainsAny(Special);
    }
}
