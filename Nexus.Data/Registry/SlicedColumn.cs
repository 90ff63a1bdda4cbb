namespace Nexus.Data.Registry;

/// <summary>How one column divides the rows of an evaluation.</summary>
/// <param name="Names">Of the slices, for people.</param>
/// <param name="Slice">Per row the place among the names; −1 where the row is in none.</param>
public sealed record SlicedColumn(string Column, IReadOnlyList<string> Names, short[] Slice);
