namespace Nexus.Data.Storage.Backups;

/// <summary>A part of the data directory that is copied in a way of its own, while the portal goes on writing to it.</summary>
public interface IBackupSource
{
    /// <summary>
    /// What was acknowledged before the call is in the copy, or in every snapshot of the database that is made after it.
    /// </summary>
    Task CopyAsync(BackupWriter to, CancellationToken ct);
}
