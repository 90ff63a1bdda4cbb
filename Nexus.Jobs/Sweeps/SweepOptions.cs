using System.ComponentModel.DataAnnotations;

namespace Nexus.Jobs.Sweeps;

/// <summary>The bounds of sweeps, from the section <c>Nexus:Sweeps</c>.</summary>
public sealed class SweepOptions
{
    public const string Section = "Nexus:Sweeps";

    /// <summary>Runs of a sweep at most. Default 500.</summary>
    [Range(1, 100_000)]
    public int MaxTrials { get; set; } = 500;
}
