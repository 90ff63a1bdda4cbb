namespace Nexus.Data.Datasets;

/// <summary>What one pass over a sound file found.</summary>
/// <param name="Delimiter">A CSV file's.</param>
/// <param name="Irregular">Readable, but not as the strict reader of the table engine wants it: to be written anew first.</param>
internal sealed record TableScan(IReadOnlyList<ScannedColumn> Columns, long Rows, byte Delimiter = (byte)',', bool Irregular = false);
