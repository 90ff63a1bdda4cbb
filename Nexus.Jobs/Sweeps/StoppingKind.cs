namespace Nexus.Jobs.Sweeps;

/// <summary>How hopeless runs are told.</summary>
public enum StoppingKind
{
    /// <summary>Worse than the median of what earlier runs had reached (Golovin et al. 2017, Vizier).</summary>
    Median,

    /// <summary>Not among the best at a rung (Li et al. 2020, asynchronous successive halving).</summary>
    Asha,
}
