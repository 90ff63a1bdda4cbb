namespace Nexus.Data.Datasets.Rows;

/// <param name="Number">From 1, in the file's order.</param>
/// <param name="Cells">In the columns' order, as in a preview.</param>
public sealed record TableRow(long Number, IReadOnlyList<object?> Cells);
