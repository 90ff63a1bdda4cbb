namespace Nexus.Data.Datasets.Differences;

/// <summary>One row that differs.</summary>
/// <param name="Row">Its number in this version, from 1; null where it is removed.</param>
/// <param name="RowBefore">Its number in the other version, from 1; null where it is added.</param>
/// <param name="Values">The row: this version's, or the other's where it is removed. Cells as in a preview.</param>
/// <param name="Changes">Of a changed row, the columns that have another value.</param>
public sealed record DifferenceRow(long? Row, long? RowBefore, IReadOnlyDictionary<string, object?> Values, IReadOnlyList<CellChange> Changes);
