namespace Nexus.Data.Datasets;

/// <summary>A column as the scan of a file found it.</summary>
/// <param name="Source">Its name in the file.</param>
/// <param name="Name">Its name as a column.</param>
/// <param name="Type">As it is to be kept: asked for, or else inferred.</param>
/// <param name="Inferred">What all its cells could be.</param>
/// <param name="Offsets">Whether a time in it has an offset other than Z, which decides how it is cast.</param>
/// <param name="Finite">Whether every cell that is read as a number is one, so that none is to be left out.</param>
/// <param name="SourceType">A Parquet column's own type in DuckDB; null for text files.</param>
internal sealed record ScannedColumn(
    string Source, string Name, string Type, string Inferred, bool Offsets = false, bool Finite = false, string? SourceType = null);
