namespace Nexus.Data.Storage.Backups;

/// <summary>What a database put into a backup.</summary>
/// <param name="Migration">The last one that it had.</param>
/// <param name="Tables">In the order in which they are to be filled; empty where it is one file.</param>
public sealed record BackupSnapshot(string Migration, IReadOnlyList<BackupTable> Tables);
