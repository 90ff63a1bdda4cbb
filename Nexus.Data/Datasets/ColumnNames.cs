namespace Nexus.Data.Datasets;

/// <summary>The rules of column names, the same for every format.</summary>
internal static class ColumnNames
{
    private const int MaxLength = 255;
    private const string Reserved = "file_row_number";

    /// <summary>The names as columns will have them: trimmed, an empty one called by its place.</summary>
    /// <param name="refuse">Throws at the place of the column with that index.</param>
    public static string[] Check(IReadOnlyList<string> names, int maxColumns, Func<int, string, RefusedException> refuse)
    {
        if (names.Count > maxColumns) throw refuse(maxColumns, $"There are more than {maxColumns:N0} columns.");
        var first = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var result = new string[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i].Trim();
            if (name.Length == 0) name = $"column_{i + 1}";
            if (name.Length > MaxLength) throw refuse(i, $"The name of column {i + 1} is longer than {MaxLength} characters.");
            if (name.Contains('\0', StringComparison.Ordinal)) throw refuse(i, $"The name of column {i + 1} has a NUL character.");
            if (name.Equals(Reserved, StringComparison.OrdinalIgnoreCase)) throw refuse(i, $"A column cannot be called {Reserved}: the table engine calls the rows' numbers so.");
            if (!first.TryAdd(name, i)) throw refuse(i, Twice(name, names[first[name]].Trim(), first[name], i));
            result[i] = name;
        }

        return result;
    }

    /// <summary>Refuses overrides of columns that are not there.</summary>
    public static void CheckOverrides(IReadOnlyDictionary<string, string> types, IEnumerable<string> names)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        foreach (var column in types.Keys.Where(c => !known.Contains(c)))
            throw Refused.Invalid($"types.{column}", $"There is no column '{column}'; there are {string.Join(", ", known.Take(20))}.");
    }

    private static string Twice(string name, string before, int first, int second) =>
        name == before
            ? $"Columns {first + 1} and {second + 1} have the same name '{name}'."
            : $"Columns {first + 1} and {second + 1} differ in case alone: '{before}', '{name}'.";
}
