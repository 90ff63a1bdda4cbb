namespace Nexus.Data.Storage.Health;

/// <summary>What this node does not have at the moment.</summary>
/// <param name="Part">database, disk, journal.</param>
/// <param name="What">And what that means, for a person to read.</param>
public sealed record SystemFault(string Part, string What, DateTimeOffset Since);
