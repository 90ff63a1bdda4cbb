using System.ComponentModel.DataAnnotations;

namespace Nexus.Data.Datasets;

/// <summary>What a dataset may be at most; the section <c>Nexus:Datasets</c>.</summary>
public sealed class DatasetOptions
{
    public const string Section = "Nexus:Datasets";

    /// <summary>Bytes of one uploaded file: 1 … 2^42, default 4 GiB.</summary>
    [Range(1, 1L << 42)]
    public long MaxBytes { get; set; } = 4L << 30;

    /// <summary>Columns of one version: 1 … 4,096.</summary>
    [Range(1, 4096)]
    public int MaxColumns { get; set; } = 4096;

    /// <summary>Characters of one text cell: 1 … 100,000.</summary>
    [Range(1, 100_000)]
    public int MaxTextLength { get; set; } = 100_000;

    /// <summary>Cells that a Parquet file may claim at most, whatever its size: default 4 thousand million.</summary>
    [Range(1, long.MaxValue)]
    public long MaxParquetCells { get; set; } = 4_000_000_000;

    /// <summary>
    /// Cells, and bytes when read, that each byte of a Parquet file may stand for, beyond 100 million cells and 1 GiB that any file may:
    /// a few bytes can claim any number of equal values. 1 … 10,000, default 100.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxParquetExpansion { get; set; } = 100;

    /// <summary>Seconds that reading a file may take, besides two for each MiB of it: 1 … 86,400, default 120.</summary>
    [Range(1, 86_400)]
    public int ImportSeconds { get; set; } = 120;

    /// <summary>Imports that work at once, each within the table engine's memory limit; the others wait. 1 … 64, default 2.</summary>
    [Range(1, 64)]
    public int ConcurrentImports { get; set; } = 2;
}
