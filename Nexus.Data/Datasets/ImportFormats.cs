namespace Nexus.Data.Datasets;

/// <summary>The forms in which a dataset may come.</summary>
public static class ImportFormats
{
    public const string Csv = "csv";
    public const string Ndjson = "ndjson";
    public const string Parquet = "parquet";

    /// <summary>By media type, parameters left out; null where it is none of ours.</summary>
    public static string? OfMediaType(string? mediaType) => mediaType?.ToLowerInvariant() switch
    {
        "text/csv" or "application/csv" => Csv,
        "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" => Ndjson,
        "application/vnd.apache.parquet" or "application/x-parquet" => Parquet,
        _ => null,
    };

    /// <summary>By the file name's ending; null where it is none of ours.</summary>
    public static string? OfFileName(string? fileName) => Path.GetExtension(fileName)?.ToLowerInvariant() switch
    {
        ".csv" or ".tsv" => Csv,
        ".ndjson" or ".jsonl" => Ndjson,
        ".parquet" or ".pq" => Parquet,
        _ => null,
    };

    /// <summary>The media type of the original bytes.</summary>
    public static string MediaType(string format) => format switch
    {
        Csv => "text/csv",
        Ndjson => "application/x-ndjson",
        _ => "application/vnd.apache.parquet",
    };
}
