using System.ComponentModel.DataAnnotations;

namespace Nexus.Inference.Monitoring;

/// <summary>Section <c>Nexus:Monitoring</c>.</summary>
public sealed class MonitoringOptions
{
    public const string Section = "Nexus:Monitoring";

    /// <summary>For one agent, at most one false alarm of drift is expected in so long. Default: 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan FalseAlarmEvery { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A smaller stability index is no drift, however sure it is: with many rows everything is significant. Default: 0.02.</summary>
    [Range(0, 1)]
    public double EffectFloor { get; set; } = 0.02;

    /// <summary>How far back a window of too few rows may grow. Default: a day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00")]
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromDays(1);
}
