namespace Nexus.Data.Datasets.Differences;

/// <summary>How the rows of two versions differ.</summary>
/// <param name="Key">The columns by which rows are the same row; empty where rows are compared whole.</param>
/// <param name="Added">Rows that the other version does not have.</param>
/// <param name="Removed">Rows that only the other version has.</param>
/// <param name="Changed">Rows of the same key and other values; null without a key, where a changed row is one removed and one added.</param>
/// <param name="Same">Rows that are in both, unchanged.</param>
/// <param name="Columns">Columns of both versions and in how many of the changed rows each has another value; empty without a key.</param>
/// <param name="SuggestedKeys">Columns, or pairs of columns, that have another value in every row of both versions.</param>
public sealed record DatasetDifference(
    string Name,
    int Version,
    int Against,
    long Rows,
    long RowsBefore,
    IReadOnlyList<string> Key,
    long Added,
    long Removed,
    long? Changed,
    long Same,
    IReadOnlyList<ColumnDifference> Columns,
    IReadOnlyList<DatasetColumn> AddedColumns,
    IReadOnlyList<DatasetColumn> RemovedColumns,
    IReadOnlyList<RetypedColumn> RetypedColumns,
    IReadOnlyList<IReadOnlyList<string>> SuggestedKeys);
