using System.ComponentModel.DataAnnotations;

namespace Nexus.Jobs.Pipelines;

/// <summary>How this node works on runs, from the section <c>Nexus:Jobs</c>.</summary>
public sealed class JobsOptions
{
    public const string Section = "Nexus:Jobs";

    /// <summary>Runs worked on at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Workers { get; set; } = 2;

    /// <summary>
    /// Steps worked on at the same time, over all runs; a run may always have one. 0 (the default) is the number of processors, at most 8.
    /// </summary>
    [Range(0, 256)]
    public int StepsAtOnce { get; set; }

    /// <summary>For how long a worker that is not heard of keeps its run. Default 15.</summary>
    [Range(2, 600)]
    public int LeaseSeconds { get; set; } = 15;

    /// <summary>How long a canceled step may take to stop before it is abandoned. Default 5.</summary>
    [Range(0, 60)]
    public int AbandonAfterSeconds { get; set; } = 5;

    internal int EffectiveStepsAtOnce => StepsAtOnce > 0 ? StepsAtOnce : Math.Min(Environment.ProcessorCount, 8);

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    internal TimeSpan Heartbeat => Lease / 4;
}
