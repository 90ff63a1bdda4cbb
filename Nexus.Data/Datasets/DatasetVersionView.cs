namespace Nexus.Data.Datasets;

/// <summary>One version of a dataset.</summary>
/// <param name="Digest">SHA-256 of the original bytes, a blob.</param>
/// <param name="ParquetDigest">The same rows, in the file's order, as Parquet: a blob.</param>
/// <param name="Format">csv, ndjson or parquet: how the original came.</param>
/// <param name="Source">The file's name, or how else the version came to be.</param>
public sealed record DatasetVersionView(
    string Name,
    int Version,
    string Digest,
    string ParquetDigest,
    string Format,
    long Bytes,
    long Rows,
    IReadOnlyList<DatasetColumn> Columns,
    string Source,
    DateTimeOffset CreatedAt,
    string CreatedBy)
{
    /// <summary>As ledger and lineage write it: <c>dataset/elec2@3</c>.</summary>
    public string Subject => $"dataset/{Name}@{Version}";

    internal static DatasetVersionView From(DatasetVersion version) => new(
        version.DatasetName, version.Version, version.Digest, version.ParquetDigest, version.Format, version.Bytes, version.Rows,
        CanonicalJson.Read<DatasetColumn[]>(version.Columns), version.Source, version.CreatedAt, version.CreatedBy);
}
