namespace Nexus.Jobs.Sweeps;

/// <summary>Where a trial stands.</summary>
public enum TrialState
{
    /// <summary>Its run is about to be started.</summary>
    Waiting,
    Queued,
    Running,
    Succeeded,

    /// <summary>Its run failed, or could not be started.</summary>
    Failed,

    /// <summary>By a person, or with the sweep.</summary>
    Canceled,

    /// <summary>By the sweep's rule, before its end.</summary>
    Stopped,
}
