namespace Nexus.Data.Storage.Backups;

/// <summary>A table in a backup, and the columns that its file holds, in their order.</summary>
public sealed record BackupTable(string Name, IReadOnlyList<string> Columns);
