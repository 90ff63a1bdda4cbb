namespace Nexus.Data.Storage.Backups;

/// <summary>The file that stands in a data directory while a backup is restored into it.</summary>
internal static class RestoreMark
{
    public static string PathOf(NexusOptions options) => options.PathOf("restoring");

    /// <exception cref="InvalidOperationException">A restore has begun here and not ended.</exception>
    public static void DemandNone(NexusOptions options)
    {
        if (!File.Exists(PathOf(options))) return;
        throw new InvalidOperationException(
            $"A restore into {options.PathOf("")} began and did not end. Empty the directory (and the database, where it is a server's) and restore again.");
    }
}
