namespace Nexus.Data.Datasets;

/// <summary>Some rows of a table, in the file's order.</summary>
/// <param name="Rows">
/// Cells as long, double, bool or string (times in ISO 8601), null where missing; a long text is cut and ends in an ellipsis.
/// </param>
/// <param name="TotalRows">How many rows the table has.</param>
public sealed record TablePreview(IReadOnlyList<DatasetColumn> Columns, IReadOnlyList<object?[]> Rows, long TotalRows);
