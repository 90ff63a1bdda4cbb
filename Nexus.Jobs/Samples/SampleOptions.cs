using System.ComponentModel.DataAnnotations;

namespace Nexus.Jobs.Samples;

/// <summary>The sample workspace, section <c>Nexus:Samples</c>.</summary>
public sealed class SampleOptions
{
    public const string Section = "Nexus:Samples";

    /// <summary>Whether a portal that never had a sample workspace makes one: <c>Nexus:SampleData</c>, default in Development alone.</summary>
    public bool SeedAtStart { get; set; }

    /// <summary>Rows of the first dataset version; the second has half as many again. 500…1,000,000, default 8,000.</summary>
    [Range(500, 1_000_000)]
    public int Rows { get; set; } = 8000;

    /// <summary>Decisions a second, on average. 0.1…50, default 4.</summary>
    [Range(0.1, 50)]
    public double DecisionsPerSecond { get; set; } = 4;

    /// <summary>The first ones come ten times as fast, so that there is something to see at once. Default 300.</summary>
    [Range(0, 100_000)]
    public int HurriedDecisions { get; set; } = 300;

    /// <summary>From this decision on applicants of another kind come too. Default 1,300: about five minutes.</summary>
    [Range(1, 10_000_000)]
    public int SwitchAtDecision { get; set; } = 1300;

    /// <summary>After so long the traffic ends by itself. Default 8 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan TrafficLasts { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How many of its decisions are kept. 1,000…10,000,000, default 50,000.</summary>
    [Range(1000, 10_000_000)]
    public int DecisionsKept { get; set; } = 50_000;

    /// <summary>What outcomes' delays are multiplied by; for tests. Default 1.</summary>
    [Range(0, 10)]
    public double LabelDelayFactor { get; set; } = 1;
}
