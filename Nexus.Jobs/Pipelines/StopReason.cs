namespace Nexus.Jobs.Pipelines;

/// <summary>Why a run stops before its end.</summary>
internal enum StopReason
{
    None,

    /// <summary>Somebody asked for it.</summary>
    Canceled,

    /// <summary>The process ends; the run goes on in the next one.</summary>
    Shutdown,

    /// <summary>Another worker has it.</summary>
    LeaseLost,

    /// <summary>A step could not be worked on for a reason that is not its own; recovery takes the run up again.</summary>
    Broken,
}
