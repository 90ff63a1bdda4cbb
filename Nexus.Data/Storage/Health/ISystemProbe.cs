namespace Nexus.Data.Storage.Health;

/// <summary>Looks at one thing that this node cannot work without.</summary>
public interface ISystemProbe
{
    /// <summary>database, disk, blobs, journal.</summary>
    string Part { get; }

    /// <summary>How many looks in a row must find a fault before it counts: more than one where a busy system may be slow.</summary>
    int Patience => 1;

    /// <summary>What does not work and what that means, for a person to read; null where all is well. May throw: that is a fault too.</summary>
    Task<string?> LookAsync(CancellationToken ct);
}
