using System.ComponentModel.DataAnnotations;

namespace Nexus.Data.Datasets.Queries;

/// <summary>What one query may take; the section <c>Nexus:Datasets:Query</c>.</summary>
public sealed class QueryOptions
{
    public const string Section = "Nexus:Datasets:Query";

    /// <summary>How long a query may work: 100 ms … 10 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The table engine's memory, in MB: 64 … 16,384, default 256. The process is ended where it takes as much again beside.</summary>
    [Range(64, 16_384)]
    public int MemoryMB { get; set; } = 256;

    /// <summary>What may be spilled to the disk, in MB: 0 … 1,048,576, default 1,024.</summary>
    [Range(0, 1_048_576)]
    public int SpillMB { get; set; } = 1024;

    /// <summary>1 … 64; default: one less than the machine's cores, at most 4.</summary>
    [Range(1, 64)]
    public int Threads { get; set; } = Math.Clamp(Environment.ProcessorCount - 1, 1, 4);

    /// <summary>Rows shown at most: 1 … 100,000, default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxRows { get; set; } = 1000;

    /// <summary>Bytes of the answer at most; default 2 MB.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxBytes { get; set; } = 2_000_000;

    /// <summary>Queries of one person at work at once: default 2.</summary>
    [Range(1, 64)]
    public int PerPerson { get; set; } = 2;

    /// <summary>Queries at work at once on this node: default 4.</summary>
    [Range(1, 256)]
    public int AtOnce { get; set; } = 4;
}
