using Nexus.Data.Datasets;
using Nexus.Data.Storage.Blobs;
using Nexus.Data.Storage.Databases;

namespace Nexus.Data.Storage.Health;

/// <summary>Tells what is a matter of time (the database or the store of blobs does not answer, the disk is full) from failures that are ours.</summary>
public static class Outage
{
    public const string NoRoom = "There is no room left to write to. Nothing was changed by this call that it did not acknowledge; ask again later.";
    public const string NoDatabase = "The database does not answer at the moment. Ask again later.";

    public const string NoBlobs = "The store of blobs does not answer at the moment. Ask again later.";

    private static readonly int[] NoRoomErrors = OperatingSystem.IsWindows()
        ? [unchecked((int)0x80070070), unchecked((int)0x80070027)] // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL
        : [28, 122, 27]; // ENOSPC, EDQUOT, EFBIG

    /// <summary>What does not work for the moment, worded for the caller; null where the failure is another.</summary>
    public static string? Of(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if ((e is IOException && NoRoomErrors.Contains(e.HResult)) || DatabaseProvider.AnySaysFull(e) || TableEngine.SaysFull(e)) return NoRoom;
            if (DatabaseProvider.AnySaysAway(e)) return NoDatabase;
            if (S3Blobs.SaysAway(e)) return NoBlobs;
        }

        return null;
    }
}
