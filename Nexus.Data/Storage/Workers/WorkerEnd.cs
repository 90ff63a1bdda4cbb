namespace Nexus.Data.Storage.Workers;

/// <summary>How a worker came to its end.</summary>
public enum WorkerEnd
{
    Answered,

    /// <summary>By itself, without an answer.</summary>
    Broke,
    OverTime,
    OverMemory,
    OverAnswer,
}
