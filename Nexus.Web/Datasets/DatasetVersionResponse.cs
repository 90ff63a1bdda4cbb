using Nexus.Data.Datasets;

namespace Nexus.Web.Datasets;

/// <summary>A dataset version as the API answers it.</summary>
/// <param name="Digest">SHA-256 of the original bytes.</param>
/// <param name="Format">csv, ndjson or parquet.</param>
internal sealed record DatasetVersionResponse(
    string Name,
    int Version,
    string Digest,
    long Rows,
    IReadOnlyList<DatasetColumn> Columns,
    string Format,
    long Bytes,
    string Source,
    DateTimeOffset CreatedAt,
    string CreatedBy)
{
    public static DatasetVersionResponse From(DatasetVersionView version) => new(
        version.Name, version.Version, version.Digest, version.Rows, version.Columns, version.Format, version.Bytes, version.Source, version.CreatedAt, version.CreatedBy);
}
