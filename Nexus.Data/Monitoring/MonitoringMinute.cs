using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Monitoring;

/// <summary>
/// What one model version answered within one minute, as mergeable counts: the sum of minutes is the window. Written by
/// the journal's drain in the transaction of the decisions it counts.
/// </summary>
public sealed class MonitoringMinute
{
    public required Guid AgentId { get; init; }
    public required int ModelVersion { get; init; }

    /// <summary>Start of the minute.</summary>
    public required DateTimeOffset Minute { get; init; }
    public required long Decisions { get; set; }

    /// <summary>Requests that were the server's failure.</summary>
    public required long Errors { get; set; }

    /// <summary>Decisions of this minute whose truth is known by now; moves as feedback comes.</summary>
    public long Labeled { get; set; }

    /// <summary>Those of them that were answered right.</summary>
    public long Correct { get; set; }

    /// <summary>Counts per latency bucket, packed.</summary>
    public required byte[] Latency { get; set; }

    /// <summary>Counts per answered class, or per score bin for regression, packed.</summary>
    public required byte[] Outputs { get; set; }

    /// <summary>Counts per feature and bin of the version's reference, packed; empty where it has none.</summary>
    public required byte[] Features { get; set; }

    /// <summary>JSON: feature → category that the reference does not know → times seen; some, not all. Null where there was none.</summary>
    public string? Unseen { get; set; }
}

internal sealed class MonitoringMinuteConfiguration : IEntityTypeConfiguration<MonitoringMinute>
{
    public void Configure(EntityTypeBuilder<MonitoringMinute> minute) =>
        minute.HasKey(m => new { m.AgentId, m.Minute, m.ModelVersion });
}
