namespace Nexus.Jobs.Training.Features;

/// <summary>Raw columns of one split, by name, all of one length.</summary>
internal sealed record RawTable(int Rows, IReadOnlyDictionary<string, RawColumn> Columns)
{
    public RawTable Take(IReadOnlyList<int> rows) =>
        new(rows.Count, Columns.ToDictionary(c => c.Key, c => c.Value.Take(rows), StringComparer.Ordinal));
}
