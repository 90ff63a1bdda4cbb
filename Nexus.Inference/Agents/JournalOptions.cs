using System.ComponentModel.DataAnnotations;

namespace Nexus.Inference.Agents;

/// <summary>The decision journal, section <c>Nexus:Journal</c>.</summary>
public sealed class JournalOptions
{
    public const string Section = "Nexus:Journal";

    /// <summary>
    /// What an answer waits for. Process (the default): the record outlives the process, and reaches the device within
    /// <see cref="FlushMilliseconds"/>. Device: the record is on the device; answers share a flush.
    /// </summary>
    public JournalDurability Durability { get; set; } = JournalDurability.Process;

    /// <summary>With durability Device: how many answers may wait for a flush; more are refused, so that a slow device costs no memory. Default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaiting { get; set; } = 4096;

    /// <summary>How much may wait to be brought into the database; more decisions are refused, so that a database that is away does not fill the disk. 1…1,000,000 MB, default 1,024.</summary>
    [Range(1, 1_000_000)]
    public int MaxBacklogMegabytes { get; set; } = 1024;

    /// <summary>Size at which a new segment begins. 1…1024, default 16.</summary>
    [Range(1, 1024)]
    public int SegmentMegabytes { get; set; } = 16;

    /// <summary>Time between two flushes to the device. 1…10,000 ms, default 50.</summary>
    [Range(1, 10_000)]
    public int FlushMilliseconds { get; set; } = 50;
}
