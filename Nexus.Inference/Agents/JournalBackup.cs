using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Storage.Backups;

namespace Nexus.Inference.Agents;

/// <summary>
/// The journal's segments up to their last whole record. What was drained and dropped meanwhile is in the database, of which the
/// snapshot is made later; what is in both is passed over, because the snapshot knows how far it has drained.
/// </summary>
internal sealed class JournalBackup(IOptions<NexusOptions> options) : IBackupSource
{
    private const string Folder = "journal";

    public async Task CopyAsync(BackupWriter to, CancellationToken ct)
    {
        var folder = options.Value.PathOf(Folder);
        if (!Directory.Exists(folder) || !File.Exists(Path.Combine(folder, JournalFiles.IdName))) return;
        var files = new JournalFiles(folder);
        await to.AddFileAsync($"{Folder}/{JournalFiles.IdName}", Path.Combine(folder, JournalFiles.IdName), ct);
        foreach (var number in files.Numbers())
        {
            if (await ReadAsync(files.PathOf(number), ct) is not { } bytes) continue;
            var sound = JournalFiles.SoundLength(bytes, number);
            if (sound <= JournalFormat.SegmentHeader) continue;
            await to.AddAsync($"{Folder}/{Path.GetFileName(files.PathOf(number))}", async stream => await stream.WriteAsync(bytes.AsMemory(0, sound), ct), ct);
        }
    }

    /// <summary>Null where it was drained and dropped meanwhile.</summary>
    private static async Task<byte[]?> ReadAsync(string path, CancellationToken ct)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct); // it may be shortened at its end meanwhile
            return bytes[..read];
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
