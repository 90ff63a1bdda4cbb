namespace Nexus.Data.Datasets;

/// <summary>What an import made: the blob of rows, and what they hold.</summary>
internal sealed record ImportedTable(string ParquetDigest, long Rows, IReadOnlyList<DatasetColumn> Columns, IReadOnlyList<ColumnProfile> Profile);
