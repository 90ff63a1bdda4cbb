namespace Nexus.Data.Storage.Workers;

/// <summary>What one worker may take before it is ended.</summary>
/// <param name="Resident">Bytes in memory.</param>
/// <param name="Time">From its start to its answer.</param>
/// <param name="Answer">Bytes.</param>
public sealed record WorkerBounds(long Resident, TimeSpan Time, long Answer);
