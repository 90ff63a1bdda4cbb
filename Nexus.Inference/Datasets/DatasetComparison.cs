namespace Nexus.Inference.Datasets;

/// <summary>What changed between two versions, column by column.</summary>
/// <param name="Against">The other version's number.</param>
/// <param name="RowsBefore">The other version's rows.</param>
/// <param name="ComparedRows">
/// Rows of this version that were compared with the other's: those that the other does not have, where most rows can be told apart and
/// many are the same; all otherwise.
/// </param>
/// <param name="NewRowsOnly">Whether <paramref name="ComparedRows"/> are the new ones alone.</param>
/// <param name="Columns">In this version's order, then those that are gone.</param>
public sealed record DatasetComparison(
    string Name, int Version, int Against, long Rows, long RowsBefore, long ComparedRows, bool NewRowsOnly, IReadOnlyList<ColumnChange> Columns);
