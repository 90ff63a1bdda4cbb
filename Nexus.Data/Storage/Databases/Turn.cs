namespace Nexus.Data.Storage.Databases;

/// <summary>What one transaction at a time does, on all nodes together.</summary>
public enum Turn
{
    /// <summary>Bringing the database up to the model.</summary>
    Migration = 1,

    /// <summary>Appending to the ledger.</summary>
    Ledger = 2,

    /// <summary>Counting decisions, and joining what came back on them.</summary>
    Decisions = 3,

    /// <summary>Saying which run's output an equal step may take.</summary>
    StepCache = 4,

    /// <summary>Removing blobs of a bucket, and keeping those that are put again.</summary>
    Blobs = 5,
}
