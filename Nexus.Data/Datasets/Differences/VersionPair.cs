namespace Nexus.Data.Datasets.Differences;

/// <summary>Two versions of a dataset and their files.</summary>
internal sealed record VersionPair(DatasetVersionView Before, DatasetVersionView Now, string BeforePath, string NowPath)
{
    /// <summary>Columns of both, in this version's order.</summary>
    public IReadOnlyList<string> Common { get; } = [.. Now.Columns.Select(c => c.Name).Where(name => Before.Columns.Any(b => b.Name == name))];

    public string BeforeTable => Table(BeforePath);

    public string NowTable => Table(NowPath);

    /// <summary>A column's value such that both versions' can be compared.</summary>
    public string Value(string column, string alias = "")
    {
        var (before, now) = (TypeOf(Before, column), TypeOf(Now, column));
        var name = $"{alias}{TableEngine.Identifier(column)}";
        return before == now ? name
            : ColumnTypes.IsNumeric(before) && ColumnTypes.IsNumeric(now) ? $"CAST({name} AS DOUBLE)"
            : $"CAST({name} AS VARCHAR)";
    }

    /// <summary>A number that is another, but for one chance in 10¹⁹, where any of the values is.</summary>
    public string Hash(IEnumerable<string> columns) => columns.Select(c => Value(c)).ToList() is { Count: > 0 } values ? $"hash({string.Join(", ", values)})" : "0::UBIGINT";

    public static string TypeOf(DatasetVersionView version, string column) => version.Columns.First(c => c.Name == column).Type;

    private static string Table(string path) => $"read_parquet({TableEngine.Literal(path)}, file_row_number = true)";
}
